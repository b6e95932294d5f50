using System.Runtime.InteropServices;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// The calls of SQLite's C API that are made for every row and column, on the bare pointer of a statement: SQLitePCL
/// counts references to the statement around each. The caller keeps the statement alive.
/// </summary>
/// <remarks>
/// Those that only look into the row at hand leave out the switch to native code as well
/// (learn.microsoft.com, <see cref="SuppressGCTransitionAttribute"/>: under a microsecond, no waiting, no callback).
/// </remarks>
static partial class RowCalls
{
    /// <summary>What SQLitePCL loads.</summary>
    const string Library = "e_sqlite3";

    /// <summary>Waits for the disk and for locks.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    public static partial long Number(nint statement, int column);

    /// <summary>SQLITE_NULL and others.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    public static partial int Bind(nint statement, int parameter, long value);
}
