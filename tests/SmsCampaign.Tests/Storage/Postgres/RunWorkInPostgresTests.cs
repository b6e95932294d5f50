using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>What is still to do is read of a ledger in PostgreSQL as of every kind.</summary>
public sealed class RunWorkInPostgresTests() : RunWorkContract(new PostgresRunStorage());
