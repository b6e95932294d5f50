using System.Globalization;
using System.Reflection;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>
/// Brings a file to the newest schema: numbered scripts embedded under Storage/Migrations, never edited once released.
/// </summary>
static class Migrations
{
    /// <param name="set">Folder under Storage/Migrations: Run, Ledger or Receipts.</param>
    /// <exception cref="LedgerException">The file was made by a newer version of the program.</exception>
    public static void Apply(SqliteDb db, string set)
    {
        var scripts = ReadScripts(set);
        var version = (int)db.ReadNumber("pragma user_version")!.Value;

        if (version > scripts.Count)
            throw new LedgerException($"the file has schema version {version}, this program knows {scripts.Count}: use the newer program");

        if (version == scripts.Count)
            return;

        db.Execute("begin immediate");

        // Another process may have been quicker.
        for (version = (int)db.ReadNumber("pragma user_version")!.Value; version < scripts.Count; version++)
            db.Execute(scripts[version]);

        db.Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {scripts.Count}; commit"));
    }

    static List<string> ReadScripts(string set)
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
