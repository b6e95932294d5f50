using System.Globalization;
using System.Reflection;
using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// Brings a file to the newest schema: numbered scripts embedded under Storage/Migrations, never edited once released.
/// </summary>
static class Migrations
{
    /// <exception cref="LedgerException">The file was made by a newer version of the program.</exception>
    public static void Apply(SqliteDb db, TableSet set)
    {
        var scripts = ReadScripts(set);
        RefuseNewer(db, set);

        var version = (int)db.ReadNumber("pragma user_version")!.Value;
        if (version == scripts.Count)
            return;

        db.Execute("begin immediate");

        // Another process may have been quicker.
        for (version = (int)db.ReadNumber("pragma user_version")!.Value; version < scripts.Count; version++)
            db.Execute(scripts[version]);

        db.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {scripts.Count}; commit"));
    }

    /// <summary>As <see cref="Apply"/>, for a file that must be there with its tables: one cut down to nothing would
    /// look like a run of nobody.</summary>
    /// <exception cref="LedgerException">It has no tables, or was made by a newer version of the program.</exception>
    public static void Upgrade(SqliteDb db, TableSet set)
    {
        if (db.ReadNumber("pragma user_version") == 0)
            throw new LedgerException(new Wording("tệp không có bảng nào", "it has no tables"))
            {
                File = db.File,
                Fault = StorageFault.Foreign,
            };

        Apply(db, set);
    }

    /// <exception cref="LedgerException">The file was made by a newer version of the program.</exception>
    public static void RefuseNewer(SqliteDb db, TableSet set)
    {
        if (db.ReadNumber("pragma user_version") is var version && version > ReadScripts(set).Count)
        {
            var known = ReadScripts(set).Count;
            throw new LedgerException(new Wording(
                $"cấu trúc bản {version}, chương trình này biết tới bản {known}",
                $"schema version {version}, this program knows {known}"))
            { File = db.File, Fault = StorageFault.Newer };
        }
    }

    /// <summary>Opens a file to be read only, and brings it to the newest schema before where it is not: what is read
    /// is then where this program looks for it.</summary>
    /// <exception cref="LedgerException">It is not there, cannot be brought up to date, or is of a
    /// newer version.</exception>
    public static SqliteDb OpenToRead(string path, TableSet set)
    {
        var db = SqliteDb.Open(path, readOnly: true);
        try
        {
            if (db.ReadNumber("pragma user_version") == ReadScripts(set).Count)
                return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }

        db.Dispose();
        using (var older = SqliteDb.Open(path))
            Upgrade(older, set);
        return SqliteDb.Open(path, readOnly: true);
    }

    static List<string> ReadScripts(TableSet set)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.Contains($".Migrations.{set}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
