//! Migrations are embedded: a new file has to build this crate anew.
fn main() {
    println!("cargo::rerun-if-changed=../../migrations");
}
