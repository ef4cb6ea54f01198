{{ head }}
{% if !modules.is_empty() %}
{% endif %}
{%- for module in modules -%}
{% for attribute in module.attributes -%}
{{ attribute }}
{% endfor -%}
pub mod {{ module.module }};
{% endfor %}
{%- if !modules.is_empty() %}
{% endif %}
{%- for module in modules -%}
{{ module.export }}
{% endfor %}
/// Everything that the schema declares; it creates and drops the tables.
pub fn catalog() -> &'static ::aludel::Catalog {
    static CATALOG: ::aludel::Catalog =
        ::aludel::Catalog::from_bytes(include_bytes!("catalog.json"));
    &CATALOG
}

// Refuses to compile against another version of the runtime.
const _: () = ::aludel::generated::written_for({{ version }});
