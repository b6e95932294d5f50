using SmsCampaign.Tests.Storage.Run;

namespace SmsCampaign.Tests.Storage.Postgres;

/// <summary>What PostgreSQL keeps of a run is asked for as of every kind.</summary>
public sealed class KeptRunInPostgresTests() : KeptRunContract(new PostgresRunStorage());
