//! `serde`'s traits for the types of columns that are Aludel's own: sets as lists, addresses and ranges as their text.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::{
    FromValue, ToValue, ValueRef, enumeration::Enumeration, inet::Inet, range::Range, set::Set,
};

impl<E: Serialize> Serialize for Set<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'d, E: Enumeration + Deserialize<'d>> Deserialize<'d> for Set<E> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let members = Vec::<E>::deserialize(deserializer)?;
        Ok(members.into_iter().collect())
    }
}

impl Serialize for Inet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'d> Deserialize<'d> for Inet {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl<T: ToValue> Serialize for Range<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'d, T: FromValue> Deserialize<'d> for Range<T> {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Range::from_value(ValueRef::Text(&text)).map_err(D::Error::custom)
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::{Enumeration, Inet, Range, Set};

    #[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
    enum Colour {
        Red,
        Blue,
    }

    impl Enumeration for Colour {
        const NAME: &'static str = "colour";
        const ALL: &'static [Self] = &[Colour::Red, Colour::Blue];

        fn as_str(&self) -> &str {
            match self {
                Colour::Red => "red",
                Colour::Blue => "blue",
            }
        }
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Row {
        colours: Set<Colour>,
        net: Inet,
        span: Range<i64>,
    }

    #[test]
    fn a_row_is_read_as_it_is_written() {
        let row = Row {
            colours: Set::from([Colour::Blue, Colour::Red]),
            net: "10.0.0.0/8".parse().unwrap(),
            span: Range::from(1..),
        };
        let json = serde_json::to_string(&row).unwrap();
        let expected = r#"{"colours":["Red","Blue"],"net":"10.0.0.0/8","span":"[1,)"}"#;
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<Row>(&json).unwrap(), row);
        for wrong in [
            r#"{"colours":["Pink"],"net":"::","span":"[1,)"}"#,
            r#"{"colours":[],"net":"nowhere","span":"[1,)"}"#,
            r#"{"colours":[],"net":"::","span":"1..2"}"#,
        ] {
            assert!(serde_json::from_str::<Row>(wrong).is_err(), "{wrong}");
        }
    }
}
