using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>A ledger in a SQLite file is read as every kind must be.</summary>
public sealed class RunReaderContractTests() : RunReaderContract(new SqliteRunStorage());
