using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Which run of a campaign somebody means.</summary>
/// <param name="Campaign">Its id or its file.</param>
/// <param name="Date">Null: the newest.</param>
public sealed record WantedRun(string Campaign, DateOnly? Date, bool Simulated);

/// <summary>What was found of a run that somebody means.</summary>
public abstract record RunSearch
{
    RunSearch()
    {
    }

    public sealed record Found(RunRecord Run) : RunSearch;

    /// <summary>It is there, and its row leads to no file of runs: no older one is taken for it.</summary>
    /// <param name="Why">What the row says, and what to do.</param>
    public sealed record LeadsElsewhere(Wording Why) : RunSearch;

    /// <summary>The campaign has no run at all.</summary>
    /// <param name="Others">The ids of the campaigns that have, by name.</param>
    public sealed record OfNoCampaign(IReadOnlyList<string> Others) : RunSearch;

    /// <summary>The campaign has runs, and not that one.</summary>
    /// <param name="There">Those it has, the newest first.</param>
    public sealed record NotThat(IReadOnlyList<RunRecord> There) : RunSearch;
}

/// <summary>Finds the runs that somebody means. Looking never makes an empty installation.</summary>
public static class KnownRuns
{
    public static RunSearch Find(DataFolder data, WantedRun wanted)
    {
        var runs = Read(data, wanted.Campaign)
            .Where(run => run.FindElsewhere(data) is not null || Ledgers.RunAt(run.AddressIn(data)).Exists)
            .ToList();
        var found = runs.FirstOrDefault(run => run.Simulated == wanted.Simulated
            && (wanted.Date is not { } date || run.FindKey()?.Date == date || run.Date == date.ToSql()));
        return found is null
            ? runs.Count == 0 ? new RunSearch.OfNoCampaign(ReadCampaigns(data)) : new RunSearch.NotThat(runs)
            : found.FindElsewhere(data) is { } elsewhere ? new RunSearch.LeadsElsewhere(elsewhere)
            : new RunSearch.Found(found);
    }

    /// <summary>Runs of a campaign, named by id or by its file, the newest first.</summary>
    public static IReadOnlyList<RunRecord> Read(DataFolder data, string campaign)
    {
        if (!Ledgers.HasRegistry(data))
            return [];

        var file = Path.GetFullPath(campaign);
        return [.. Ledgers.OpenRegistry(data)
            .ReadRuns()
            .Where(run => run.Campaign == campaign || (run.CampaignFile == file && !run.IsTest))];
    }

    /// <summary>The ids of the campaigns that have runs, by name.</summary>
    public static IReadOnlyList<string> ReadCampaigns(DataFolder data) => Ledgers.HasRegistry(data)
        ? [.. Ledgers.OpenRegistry(data)
            .ReadRuns()
            .Where(run => !run.IsTest)
            .Select(run => run.Campaign)
            .Distinct()
            .Order(StringComparer.Ordinal)]
        : [];
}
