//! Macros that emitted crates call to say what can be filtered and ordered by. What they expand to is one function for each field,
//! which is compiled where it is called; the rest is generic, and compiled here.

/// Declares sets of operators, each a type by which fields say what they can be compared by: a crate declares equal sets once.
///
/// ```
/// sdk_runtime::operators!(EqIn(Eq, In), EqSw(Eq, Sw));
/// ```
#[macro_export]
macro_rules! operators {
    ($($set:ident($($op:ident),*)),* $(,)?) => {
        $(
            #[doc = ::core::concat!("The operators", $(" [`", ::core::stringify!($op), "`]($crate::filter::op::", ::core::stringify!($op), ")",)* ".")]
            pub enum $set {}

            $(impl $crate::filter::Has<$crate::filter::op::$op> for $set {})*
        )*
    };
}

/// Declares what an operation can be filtered by: a type that has a function for each field, and says by which words filters can
/// be combined.
///
/// ```
/// sdk_runtime::operators!(Eq(Eq));
/// sdk_runtime::filter!(Pets::list_pets: ListPetsFilter(And, Or) {
///     name: Text[Eq] = "name",
///     owner_id: Number[Eq] = "owner.id",
/// });
///
/// let rex = ListPetsFilter::name().eq("Rex").or(ListPetsFilter::owner_id().eq(7));
/// assert_eq!(rex.as_str(), r#"name eq "Rex" or owner.id eq 7"#);
/// ```
#[macro_export]
macro_rules! filter {
    ($api:ident::$method:ident: $name:ident($($word:ident),*) {
        $($field:ident: $kind:ident[$operators:ty] = $wire:literal),* $(,)?
    }) => {
        #[doc = ::core::concat!("What [`", ::core::stringify!($api), "::", ::core::stringify!($method), "`] can be filtered by; see [`Filter`]($crate::filter::Filter).")]
        pub enum $name {}

        impl $name {
            $(
                #[doc = ::core::concat!("The field `", $wire, "`.")]
                #[inline]
                pub const fn $field() -> $crate::filter::Field<Self, $crate::filter::kind::$kind, $operators> {
                    $crate::filter::Field::of($wire)
                }
            )*
        }

        $(impl $crate::filter::Has<$crate::filter::op::$word> for $name {})*
    };
}

/// Declares what the answer of an operation can be ordered by: a type that has a function for each field.
///
/// ```
/// sdk_runtime::sorters!(Pets::list_pets: ListPetsSort { name = "name", owner_id = "owner.id" });
///
/// let order = ListPetsSort::name().then(ListPetsSort::owner_id().descending());
/// assert_eq!(order.as_str(), "name,-owner.id");
/// ```
#[macro_export]
macro_rules! sorters {
    ($api:ident::$method:ident: $name:ident { $($field:ident = $wire:literal),* $(,)? }) => {
        #[doc = ::core::concat!("What the answer of [`", ::core::stringify!($api), "::", ::core::stringify!($method), "`] can be ordered by; see [`Sort`]($crate::filter::Sort).")]
        pub enum $name {}

        impl $name {
            $(
                #[doc = ::core::concat!("The field `", $wire, "`.")]
                #[inline]
                pub const fn $field() -> $crate::filter::SortKey<Self> {
                    $crate::filter::SortKey::of($wire)
                }
            )*
        }
    };
}
