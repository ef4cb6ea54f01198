//! The data of all contestants, and the plain form in which their results are compared.

/// A row of `user`, plain.
pub type UserRow = (i64, String, Option<String>);
/// A row of `post`, plain.
pub type PostRow = (i64, i64, String, String, String);
/// What the join selects: the post's key, title and body, and the user's name.
pub type JoinedRow = (i64, String, String, String);

/// How many users are inserted at once.
pub const USERS_AT_ONCE: usize = 100;
/// How many posts each of the first users has.
const POSTS_OF_A_USER: i64 = 10;

/// A user to insert. The database numbers them from 1.
pub struct NewUser {
    pub name: String,
    pub hair_color: Option<&'static str>,
}

/// A post to insert. The database numbers them from 1.
pub struct NewPost {
    pub user_id: i64,
    pub title: String,
    pub body: String,
    pub status: &'static str,
}

/// The first users: two of three have brown hair, one of six has none.
pub fn users(count: i64) -> Vec<NewUser> {
    let user = |number| NewUser {
        name: format!("the name of user {number}"),
        hair_color: match number % 6 {
            0 => None,
            3 => Some("black"),
            _ => Some("brown"),
        },
    };
    (1..=count).map(user).collect()
}

/// The first posts: ten of each user, every other one published.
pub fn posts(count: i64) -> Vec<NewPost> {
    let post = |number| NewPost {
        user_id: (number - 1) / POSTS_OF_A_USER + 1,
        title: format!("the title of post {number}"),
        body: format!("what post {number} says, which is a sentence of some sixty letters"),
        status: if number % 2 == 1 {
            "published"
        } else {
            "draft"
        },
    };
    (1..=count).map(post).collect()
}
