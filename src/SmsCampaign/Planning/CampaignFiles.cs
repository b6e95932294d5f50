using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Files;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Orthography;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.Planning;

/// <summary>
/// A campaign file and the installation file it runs under, both read without an error.
/// </summary>
/// <param name="Lanes">The campaign's, in its order.</param>
/// <param name="Date">First day of the run.</param>
sealed record CampaignFiles(
    Campaign Campaign, Installation Installation, IReadOnlyList<Lane> Lanes, DateOnly Date, CampaignPlaces Places)
{
    /// <summary>As of <see cref="PreparationRequest.RestOf"/>: the files of its subscribers are not read.</summary>
    public DateOnly? RestOf { get; init; }

    /// <param name="data">Where runs under way are looked for; null where none is.</param>
    /// <param name="problems">Gets everything that is wrong with either file.</param>
    /// <returns>Null where there is an error among them.</returns>
    /// <param name="filesMayBeGone">As of <see cref="CampaignFile.Read"/>.</param>
    public static CampaignFiles? Read(
        PreparationRequest request, DataFolder? data, DateTimeOffset now, List<Problem> problems, bool filesMayBeGone =
            false)
    {
        // Both take a tenth of a second when they are the first that the program reads: one beside the other.
        var reading = Task.Run(() => Installation.Read(request.InstallationFile));
        var campaign = CampaignFile.ReadWithin(
            request.CampaignFile,
            () => BoundsOf(reading.GetAwaiter().GetResult(), request),
            filesMayBeGone || request.RestOf is not null);
        var installation = reading.GetAwaiter().GetResult();

        problems.AddRange(installation.Problems);

        // Where the installation cannot be read, nothing is known of lanes, so nothing is said of them.
        problems.AddRange(installation.Installation is null
            ? campaign.Problems.Where(
                problem => problem.Where?.Key?.StartsWith("lanes", StringComparison.Ordinal) != true)
            : campaign.Problems);

        if (installation.Installation is not { } read || campaign.Campaign is not { } parsed)
            return null;

        var places = new CampaignPlaces(request.CampaignFile, parsed);
        if (ChooseDate(request, parsed, data, now, places, problems) is not { } date)
            return null;

        return new CampaignFiles(parsed, read, [.. parsed.Lanes.Select(name => read.Find(name)!)], date, places)
        {
            RestOf = request.RestOf,
        };
    }

    static CampaignBounds BoundsOf(InstallationReading installation, PreparationRequest request) => new(
        [.. (installation.Installation?.Lanes ?? []).Select(lane => lane.Name)],
        FileRoots.Of(
            request.CampaignFile,
            request.InstallationFile,
            installation.Installation?.Files.Roots ?? [],
            request.Campaigns),
        [.. installation.Installation?.Holders.Keys ?? []]);

    /// <summary>Which lane of the campaign serves a carrier: the one listed first.</summary>
    public IReadOnlyDictionary<string, string> LaneOfCarrier()
    {
        var laneOf = new Dictionary<string, string>();

        foreach (var lane in Lanes)
        {
            foreach (var carrier in lane.Options.Carriers)
                laneOf.TryAdd(carrier, lane.Name);
        }

        return laneOf;
    }

    /// <returns>Null where a table has an error.</returns>
    public (PrefixTable Prefixes, PortedList Ported)? ReadTables(List<Problem> problems)
    {
        var found = new List<Problem>();
        var prefixes = PrefixTable.Load(Installation.Numbers.Prefixes, Installation.Numbers.Carriers, found);
        var ported = Installation.Numbers.Ported.Count == 0
            ? PortedList.Empty
            : PortedList.Load(Installation.Numbers.Ported, new NumberReader(prefixes), prefixes.Names, found);

        FindUnknownCarriers(prefixes.Names, found);
        problems.AddRange(found);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : (prefixes, ported);
    }

    /// <summary>A carrier misspelt in a lane would leave its subscribers without one.</summary>
    void FindUnknownCarriers(CarrierNames names, List<Problem> problems)
    {
        foreach (var lane in Installation.Lanes)
        {
            var named = lane.Options.Carriers
                .Select(carrier => (Key: "carriers", carrier))
                .Concat(lane.Options.FallbackFor.Select(carrier => (Key: "fallbackFor", carrier)));
            foreach (var (key, carrier) in named.Where(each => !names.Carriers.Contains(each.carrier)))
            {
                var hint = Spelling.DidYouMean(Spelling.Nearest(carrier, names.Carriers));
                problems.Add(new Problem(new Place(Installation.File, Key: $"lanes.{lane.Name}.{key}"), new Wording(
                    $"Không có nhà mạng nào tên '{carrier}' trong "
                        + $"{Path.GetFileName(Installation.Numbers.Carriers)}.{hint}",
                    $"No carrier is called '{carrier}' in {Path.GetFileName(Installation.Numbers.Carriers)}.{hint}")));
            }
        }
    }

    static DateOnly? ChooseDate(
        PreparationRequest request,
        Campaign campaign,
        DataFolder? data,
        DateTimeOffset now,
        CampaignPlaces places,
        List<Problem> problems)
    {
        var schedule = campaign.Schedule;
        var today = schedule.Window.DayOf(now);

        if (request.Date is { } asked)
        {
            if (request.RestOf is not null || schedule.OccurrenceOnOrAfter(asked) == asked)
                return asked;

            var (wrong, instead) =
                (Figures.Date(asked), Figures.Date(schedule.Date ?? schedule.OccurrenceOnOrAfter(today) ?? asked));
            problems.Add(new Problem(places.Of(schedule.IsYearly ? "schedule.yearly" : "schedule.date"), new Wording(
                $"Chiến dịch không chạy vào ngày {wrong} đã yêu cầu. Hãy dùng ngày {instead} hoặc sửa lịch.",
                $"The campaign does not run on {wrong}, as was asked. Use {instead} or change the schedule.")));
            return null;
        }

        if (schedule.Date is { } date)
            return date;

        // In the days after the first, the run that has begun goes on; next year's is not meant.
        var begun = schedule.OccurrenceOnOrAfter(today.AddDays(1 - schedule.SendDays(today).Count()));
        return begun < today
            && data is not null
            && IsThere(data, new RunKey(campaign.Id, begun.Value, request.Simulated))
            ? begun
            : schedule.OccurrenceOnOrAfter(today);
    }

    /// <summary>Also one whose file is lost: it must not be passed over for next year's.</summary>
    static bool IsThere(DataFolder data, RunKey key) =>
        Ledgers.RunAt(data.AddressOf(key)).Exists || (!key.Simulated && new RunMarks(data).ReadBegun(key).Count > 0);
}
