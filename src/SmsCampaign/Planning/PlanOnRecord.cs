using SmsCampaign.Campaigns;
using SmsCampaign.Files;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Planning;

/// <summary>A run as it was planned, by what is kept of it and the lanes as they are installed: none of its lists is
/// read, so that this takes no longer for a million recipients.</summary>
/// <param name="Planned">Null where <paramref name="Problems"/> says why not.</param>
/// <param name="Kept">What its ledger says of it as a whole.</param>
/// <param name="Changes">What of the campaign file and of the lanes is other by now, as far as that is a question. Its
/// lists are not looked at.</param>
/// <param name="Problems">What speaks against the plan, warnings too.</param>
public sealed record PlanOnRecord(
    PlannedCampaign? Planned,
    RunDescription Kept,
    IReadOnlyList<Wording> Changes,
    IReadOnlyList<Problem> Problems)
{
    /// <summary>Whether its forecast is of the whole day, as something of it was handed over by now.</summary>
    public bool HasBegun { get; private init; }

    /// <summary>What would have a lane finish on the first day.</summary>
    public Wording AdviceOf(LaneForecast lane) => FitAdvice.Of(lane, Planned!.Forecast, Planned.Campaign);

    /// <exception cref="LedgerException">Its ledger cannot be read.</exception>
    public static PlanOnRecord Read(DataFolder data, RunRecord run, string installationFile, TimeProvider time)
    {
        var stored = StoredRun.Read(run.AddressIn(data));
        var problems = new List<Problem>();
        if (CampaignFile.ReadKept(run.Definition, run.CampaignFile) is not { } campaign)
        {
            problems.Add(new Problem(null, new Wording(
                $"Không đọc được nội dung tệp chiến dịch đã lưu trong sổ. {LedgerRowException.Mend}",
                $"The campaign file's text that was kept cannot be read. {LedgerRowException.Mend}")));
            return new PlanOnRecord(null, stored.Description, [], problems);
        }

        var changes = stored.Begun || run.State.IsOver() ? [] : FindDefinition(run).ToList();
        var installation = Installation.Read(installationFile);
        problems.AddRange(installation.Problems.Where(problem => problem.Severity == Severity.Error));
        if (installation.Installation is not { } installed)
            return new PlanOnRecord(null, stored.Description, changes, problems);

        var lanes = campaign.Lanes.Select(installed.Find).OfType<Carriers.Lane>().ToList();
        if (!run.State.IsOver())
            changes.AddRange(RunChanges.FindLanes(stored.LaneSettings, lanes));
        if (lanes.Count < campaign.Lanes.Count)
            return new PlanOnRecord(null, stored.Description, changes, problems);

        var (key, rest) = (run.ToKey(), run.RestOf is { } of ? SqlTime.DateFromSql(of) : (DateOnly?)null);
        var planned = new CampaignPreparation(time).Plan(
            new CampaignFiles(campaign, installed, lanes, key.Date, new CampaignPlaces(run.CampaignFile, campaign))
            {
                RestOf = rest,
            },
            new PreparationRequest(run.CampaignFile, installationFile, key.Date, run.Simulated) { RestOf = rest },
            stored.Origin.Audience,
            problems);
        if (stored.Begun)
            planned = planned with { Forecast = ForecastAll(planned, run) };
        return new PlanOnRecord(planned, stored.Description, changes, problems) { HasBegun = stored.Begun };
    }

    /// <summary>In the hours that persons have decided since.</summary>
    static Forecast ForecastAll(PlannedCampaign planned, RunRecord run) => Forecaster.Forecast(
        planned.Campaign with { Schedule = run.ReadSchedule() },
        planned.Audience,
        planned.Plan,
        planned.Lanes,
        planned.Date,
        DateTimeOffset.MinValue);

    static IEnumerable<Wording> FindDefinition(RunRecord run)
    {
        string text;
        try
        {
            text = OrdinaryFile.ReadAllText(run.CampaignFile);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [new Wording(
                $"không đọc được tệp chiến dịch ({FaultWords.Of(unreadable)})",
                $"the campaign file cannot be read ({unreadable.Message})")];
        }

        return text == run.Definition ? []
            : CampaignFile.ReadKept(text, run.CampaignFile) is not { } now
            ? [new Wording("tệp chiến dịch hiện có lỗi", "the campaign file has errors by now")]
            : CampaignHash.Of(now) == run.DefinitionHash ? []
            : [RunChanges.DescribeDefinition(now, run.Definition)];
    }
}
