//! The addresses of everything that compiled code calls, by symbol: what the JIT links against. (A program on disk is
//! linked by these symbols themselves.) The rows are those of the tables of `cl_abi::prims`.

use cl_abi::*;

/// Declares a table's symbols. They are defined all over this crate, with the parameters that their rows say; here only
/// their addresses matter.
macro_rules! declare {
    ($($name:literal $symbol:ident $arity:literal $($flag:ident)|+ , $result:ident;)*) => {
        unsafe extern "C" { $(fn $symbol();)* }
    };
}

/// The symbols and addresses of a table.
macro_rules! addresses {
    ($($name:literal $symbol:ident $arity:literal $($flag:ident)|+ , $result:ident;)*) => {
        &[$((stringify!($symbol), $symbol as *const () as usize),)*][..]
    };
}

number_prims!(declare);
list_prims!(declare);
array_prims!(declare);
text_prims!(declare);
collection_prims!(declare);
control_prims!(declare);
fiber_prims!(declare);
sched_prims!(declare);
handle_prims!(declare);
io_prims!(declare);
time_prims!(declare);

/// What is no primitive, in the form of a table: only the symbols count.
macro_rules! entry_points {
    ($m:ident) => {
        $m! {
            "" cl_alloc_slow 1 NONE, Any;
            "" cl_safepoint 1 NONE, Any;
            "" cl_raise 0 NONE, Any;
            "" cl_barrier 3 NONE, Any;
            "" cl_not_a_function 1 NONE, Any;
            "" cl_arity_error 2 NONE, Any;
            "" cl_apply_length 2 NONE, Any;
        }
    };
}
entry_points!(declare);

/// The stubs through which compiled code calls the functions of each table.
mod edges {
    use crate::control::arch::edge_stubs;
    use cl_abi::*;

    pub mod number {
        use super::*;
        number_prims!(edge_stubs);
    }
    pub mod list {
        use super::*;
        list_prims!(edge_stubs);
    }
    pub mod array {
        use super::*;
        array_prims!(edge_stubs);
    }
    pub mod text {
        use super::*;
        text_prims!(edge_stubs);
    }
    pub mod collection {
        use super::*;
        collection_prims!(edge_stubs);
    }
    pub mod control {
        use super::*;
        control_prims!(edge_stubs);
    }
    pub mod fiber {
        use super::*;
        fiber_prims!(edge_stubs);
    }
    pub mod sched {
        use super::*;
        sched_prims!(edge_stubs);
    }
    pub mod handle {
        use super::*;
        handle_prims!(edge_stubs);
    }
    pub mod io {
        use super::*;
        io_prims!(edge_stubs);
    }
    pub mod time {
        use super::*;
        time_prims!(edge_stubs);
    }
    pub mod entry {
        use super::*;
        entry_points!(edge_stubs);
    }
}

/// Symbol and address of each primitive and each entry point of compiled code into the runtime.
pub fn symbols() -> Vec<(&'static str, usize)> {
    let tables = [
        number_prims!(addresses),
        list_prims!(addresses),
        array_prims!(addresses),
        text_prims!(addresses),
        collection_prims!(addresses),
        control_prims!(addresses),
        fiber_prims!(addresses),
        sched_prims!(addresses),
        handle_prims!(addresses),
        io_prims!(addresses),
        time_prims!(addresses),
        entry_points!(addresses),
    ];
    let mut all = tables.concat();
    for stubs in [
        edges::number::symbols,
        edges::list::symbols,
        edges::array::symbols,
        edges::text::symbols,
        edges::collection::symbols,
        edges::control::symbols,
        edges::fiber::symbols,
        edges::sched::symbols,
        edges::handle::symbols,
        edges::io::symbols,
        edges::time::symbols,
        edges::entry::symbols,
    ] {
        all.extend(stubs());
    }
    all.extend(crate::control::arch::cold_symbols());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_primitive_of_the_tables_is_there() {
        let symbols: Vec<&str> = symbols().iter().map(|s| s.0).collect();
        assert!(prims::ALL.iter().all(|p| symbols.contains(&p.symbol)));
    }
}
