using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>What a SQLite file keeps of a run is asked for as of every kind.</summary>
public sealed class KeptRunContractTests() : KeptRunContract(new SqliteRunStorage());
