using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Sqlite;

/// <summary>A file of SQLite.</summary>
sealed record SqliteFile(string Path) : Database
{
    internal override string Name => Path;

    internal override bool Exists => File.Exists(Path);

    internal override long LastWritten => ProcessClock.ToMicros(new DateTimeOffset(
        new[] { Path, Path + "-wal" }.Where(File.Exists).Max(File.GetLastWriteTimeUtc), TimeSpan.Zero));

    internal override Db Open() => SqliteDb.Open(Path);

    internal override Db Look() => SqliteDb.Open(Path, readOnly: true);

    internal override Db LookUpToDate(TableSet tables) => Migrations.OpenToRead(Path, tables);
}
