{{ head }}

{% for entity in entities -%}
pub mod {{ entity.module }};
{% endfor %}
{%- if !entities.is_empty() %}
{% endif %}
{%- for entity in entities -%}
{{ entity.export }}
{% endfor %}
/// Everything that the schema declares; it creates and drops the tables.
pub fn catalog() -> &'static aludel::Catalog {
    static CATALOG: aludel::Catalog = aludel::Catalog::from_json(include_str!("catalog.json"));
    &CATALOG
}

// Refuses to compile against another version of the runtime.
const _: () = aludel::generated::written_for({{ version }});
