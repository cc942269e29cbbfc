//! JSON objects that are written as they are made: no tree is built between a record and the bytes of its file.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Makes an [`Object`] of `"key": value` in their order. `"key"?: value` is left out if the value is `None`, and `..object`
/// adds the entries of another object.
macro_rules! object {
    ($($entries:tt)*) => { $crate::output::json::Object($crate::output::json::entries!($($entries)*)) };
}

macro_rules! entries {
    () => { () };
    ($key:literal: $value:expr $(, $($rest:tt)*)?) => {
        ($crate::output::json::RequiredKey($key, $value), $crate::output::json::entries!($($($rest)*)?))
    };
    ($key:literal?: $value:expr $(, $($rest:tt)*)?) => {
        ($crate::output::json::OptionalKey($key, $value), $crate::output::json::entries!($($($rest)*)?))
    };
    (..$object:expr $(, $($rest:tt)*)?) => { ($object, $crate::output::json::entries!($($($rest)*)?)) };
}

pub(crate) use {entries, object};

/// Object that is written with the keys in the order in which [`object`] names them.
pub(crate) struct Object<E>(pub(crate) E);

/// A key that is always written.
pub(crate) struct RequiredKey<V>(pub(crate) &'static str, pub(crate) V);

/// A key that is written only with a value.
pub(crate) struct OptionalKey<V>(pub(crate) &'static str, pub(crate) Option<V>);

/// Some keys of an object with their values.
pub(crate) trait Keys {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

impl Keys for () {
    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<A: Keys, B: Keys> Keys for (A, B) {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.0.write(map)?;
        self.1.write(map)
    }
}

impl<V: Serialize> Keys for RequiredKey<V> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(self.0, &self.1)
    }
}

impl<V: Serialize> Keys for OptionalKey<V> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.1.as_ref().map_or(Ok(()), |value| map.serialize_entry(self.0, value))
    }
}

impl<E: Keys> Keys for Object<E> {
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.0.write(map)
    }
}

impl<E: Keys> Serialize for Object<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write(&mut map)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_stand_in_their_order_and_those_without_a_value_only_where_they_must() {
        let name = object! { "name": "Ufficio \"A\"" };
        let unit = object! { "kind": None::<&str>, "url"?: None::<&str>, "code"?: Some(7), ..name, "in": object! {} };
        let json = serde_json::to_string(&unit).expect("texts are JSON");
        assert_eq!(json, r#"{"kind":null,"code":7,"name":"Ufficio \"A\"","in":{}}"#);
    }
}
