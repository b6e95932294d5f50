using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// Where a run's ledger is kept: what everybody hands over who wants something of it (<see cref="Ledgers.RunAt"/>).
/// Whether one is there it does not say. Two are equal where the ledger is the same.
/// </summary>
/// <remarks>Made by <see cref="DataFolder.AddressOf(RunKey)"/> and <see cref="Registry.RunRecord.AddressIn"/>. What
/// stands in it Storage alone knows.</remarks>
public sealed record RunAddress : IWorded
{
    internal RunAddress(Database keptIn) => KeptIn = keptIn;

    internal Database KeptIn { get; }

    internal static RunAddress OfFile(string path) => new(new SqliteFile(Path.GetFullPath(path)));

    /// <summary>As the run's row in ledger.db names it: relative to the data folder. Of one that is no file as it were
    /// one.</summary>
    internal string StoredIn(DataFolder data, RunKey key) => KeptIn is SqliteFile file
        ? Path.GetRelativePath(data.Root, file.Path).Replace('\\', '/')
        : $"runs/{key.FileName}.db";

    /// <summary>By which a person finds the ledger.</summary>
    public override string ToString() => KeptIn.Name;

    /// <inheritdoc cref="ToString"/>
    Wording IWorded.Words => new($"{KeptIn}", $"{KeptIn}");
}
