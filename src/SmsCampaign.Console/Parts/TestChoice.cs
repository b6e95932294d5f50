using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>A campaign whose texts somebody may send as a test: one that was planned, or one that is written on the
/// pages. A form names it by <paramref name="Value"/>, so that no path is ever taken from one.</summary>
/// <param name="Value">Which it is.</param>
/// <param name="Name">Id of the campaign, or name of its folder.</param>
/// <param name="File">Path of its file.</param>
sealed record TestChoice(string Value, string Name, string File)
{
    /// <summary>Those of somebody, by name.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    /// <exception cref="IOException">The folder of the campaigns cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static IReadOnlyList<TestChoice> Find(ConsolePlace place, CurrentPerson person)
    {
        List<TestChoice> planned = [.. (Ledgers.FindRegistry(place.Data)?.ReadRuns() ?? [])
            .Where(run => !run.IsTest && !run.Simulated && person.May(Right.Operate, run.Campaign))
            .GroupBy(run => run.Campaign)
            .Select(runs => runs.MaxBy(run => run.Date, StringComparer.Ordinal)!)
            .Select(run => new TestChoice($"luot:{run.Campaign}", run.Campaign, run.CampaignFile))];
        var folders = new CampaignFolders(place.Campaigns);
        var written = folders.Read()
            .Where(name => person.May(Right.Operate, name))
            .Select(name => new TestChoice($"tep:{name}", name, folders.Find(name)!))
            .Where(choice => planned.TrueForAll(run => run.File != choice.File));
        return [.. planned.Concat(written).OrderBy(choice => choice.Name, StringComparer.Ordinal)];
    }
}
