//! Detectors
/// D
#[derive(Clone, Copy, Debug)]
pub enum Detector {}
/// D
#[derive(Clone, Copy, Debug)]
pub struct DetectorRule {}
