using SmsCampaign.Storage;

namespace SmsCampaign.Tests.Support;

/// <summary>Files of runs' ledgers, for tests that look into one or damage it.</summary>
static class RunFiles
{
    /// <summary>Full path of the file that keeps a run.</summary>
    public static string Run(this DataFolder data, RunKey key) => data.AddressOf(key).KeptIn.Name;
}
