using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Sqlite.Run;

/// <summary>What lanes are tried by is kept in a SQLite file as in every kind.</summary>
public sealed class LaneTrialContractTests() : LaneTrialContract(new SqliteRunStorage());
