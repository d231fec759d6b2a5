//! Takes the place of the crate `wasm-streams` 0.5, as far as Leptos's server functions name it.
//!
//! Leptos always brings server functions along. This page calls none, but the real crate exports
//! classes to JavaScript, which keeps them and all they use in the WASM
//! (docs/decisions/0004-size.md). Here a stream is an empty one; nothing ever asks for it.

use futures_core::Stream;
use wasm_bindgen::JsValue;
use web_sys::ReadableStream as Raw;

/// A stream of the browser's.
#[derive(Debug)]
pub struct ReadableStream(Option<Raw>);

impl ReadableStream {
    /// Wraps a stream of the browser's.
    pub fn from_raw(raw: Raw) -> Self {
        Self(Some(raw))
    }

    /// A stream without items: what would be sent isn't.
    pub fn from_stream<S>(_: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(Raw::new().ok())
    }

    /// What is wrapped; `undefined` where there is nothing.
    pub fn into_raw(self) -> JsValue {
        self.0.map_or(JsValue::UNDEFINED, Into::into)
    }

    /// A stream without items: what comes isn't read.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        futures_util::stream::empty()
    }
}
