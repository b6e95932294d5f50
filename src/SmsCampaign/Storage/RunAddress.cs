namespace SmsCampaign.Storage;

/// <summary>
/// Where a run's ledger is kept: what everybody hands over who wants something of it (<see cref="Ledgers.RunAt"/>).
/// Whether one is there it does not say. Two are equal where the ledger is the same.
/// </summary>
/// <remarks>Made by <see cref="DataFolder.AddressOf(RunKey)"/> and <see cref="Registry.RunRecord.AddressIn"/>. What
/// stands in it Storage alone knows.</remarks>
public sealed record RunAddress : IWorded
{
    RunAddress(string file) => SqliteFile = file;

    /// <summary>Full path of the file that SQLite keeps it in.</summary>
    internal string SqliteFile { get; }

    internal static RunAddress OfFile(string path) => new(Path.GetFullPath(path));

    /// <summary>As the run's row in ledger.db names it: relative to the data folder.</summary>
    internal string StoredIn(DataFolder data) => Path.GetRelativePath(data.Root, SqliteFile).Replace('\\', '/');

    /// <summary>By which a person finds the ledger.</summary>
    public override string ToString() => SqliteFile;

    /// <inheritdoc cref="ToString"/>
    Wording IWorded.Words => new($"{SqliteFile}", $"{SqliteFile}");
}
