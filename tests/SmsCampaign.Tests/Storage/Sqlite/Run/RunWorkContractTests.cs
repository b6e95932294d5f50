using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>What is still to do is read of a ledger in a SQLite file as of every kind.</summary>
public sealed class RunWorkContractTests() : RunWorkContract(new SqliteRunStorage());
