using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>What lanes are tried by is kept in PostgreSQL as in every kind.</summary>
public sealed class LaneTrialInPostgresTests() : LaneTrialContract(new PostgresRunStorage());
