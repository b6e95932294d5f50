namespace SmsCampaign.EngineTrial;

/// <summary>One process of the cluster, as the trial starts it.</summary>
/// <param name="Address">Of its own network namespace.</param>
/// <param name="Connection">To PostgreSQL.</param>
/// <param name="Log">File of its beliefs (<see cref="BeliefLog"/>).</param>
sealed record Node(string Name, string Address, string Connection, string Log)
{
    /// <summary>The ten accounts that the cluster shares.</summary>
    public static readonly string[] Accounts = [.. Enumerable.Range(0, 10).Select(each => $"account-{each}")];
}
