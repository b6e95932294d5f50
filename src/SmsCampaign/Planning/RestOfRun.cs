using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Planning;

/// <summary>
/// The messages that a run left when it was over, which another date of the campaign is to send: from the run's own
/// ledger, held to what was planned then, and never from the files.
/// </summary>
sealed class RestOfRun : IDisposable
{
    readonly IPlanReader _ledger;

    RestOfRun(IPlanReader ledger, NumberSet elsewhere)
    {
        _ledger = ledger;
        var origins = ledger.ReadOrigins();
        Rest = new RunRest(origins.Sources, origins.Areas, origins.Carriers, ledger.ReadLeft(), elsewhere);
    }

    public RunRest Rest { get; }

    /// <param name="key">The run that is to send it.</param>
    /// <param name="of">Date of the one that left it.</param>
    /// <param name="problems">Gets why it cannot be.</param>
    /// <returns>Null where it cannot.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RestOfRun? Open(
        RunKey key,
        DateOnly of,
        Campaign campaign,
        DataFolder data,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var registry = Ledgers.OpenRegistry(data);
        var other = new RunKey(key.Campaign, of, Simulated: false);
        try
        {
            var run = registry.Find(other);
            if ((run is null ? NotThere(other) : FindTrouble(run, other, campaign, data, cancellationToken)) is { } why)
            {
                problems.Add(new Problem(null, why));
                return null;
            }

            return new RestOfRun(
                Ledgers.RunAt(run!.AddressIn(data)).ReadPlanUpToDate(),
                ReadElsewhere(key, other, registry, data, problems));
        }
        catch (LedgerException unreadable)
        {
            problems.Add(new Problem(null, unreadable.Words));
            return null;
        }
    }

    static Wording? FindTrouble(
        RunRecord run, RunKey key, Campaign campaign, DataFolder data, CancellationToken cancellationToken)
    {
        var date = Figures.Date(key.Date);
        if (run.IsErased)
            return PurgeWords.Of(run);
        if (!run.State.IsOver())
        {
            return new Wording(
                $"Lượt gửi ngày {date} chưa kết thúc nên chưa biết phần còn lại. Hãy chờ xong (xem 'status'), hoặc kết "
                    + $"thúc lượt đó bằng 'end' rồi chạy lại.",
                $"The run of {date} is not over, so what it leaves is not known. Wait until it is (see 'status'), or "
                    + $"end "
                    + $"it with 'end', then run this again.");
        }

        if (!Ledgers.RunAt(run.AddressIn(data)).Exists)
        {
            return new Wording(
                $"Không còn sổ gửi tin của lượt gửi ngày {date}, nên không biết ai chưa được gửi. Hãy khôi phục bằng "
                    + $"'restore'.",
                $"The ledger of the run of {date} is not there (any more), so who was left is not known. Restore it "
                    + $"with "
                    + $"'restore'.");
        }

        if (run.DefinitionHash != CampaignHash.Of(campaign))
        {
            var changed = RunChanges.DescribeDefinition(campaign, run.Definition);
            return new Wording(
                $"So với lượt gửi ngày {date}, {changed}. Phần còn lại phải đúng chiến dịch đã gửi: hãy trả tệp về như "
                    + $"cũ, hoặc lập chiến dịch khác (mã khác).",
                $"Since the run of {date} {changed}. The rest must be of the campaign that was sent: put the file back "
                    + $"as it was, or make another campaign, with another id.");
        }

        if (Ledgers.RunAt(run.AddressIn(data)).FindImbalance() is { } imbalance)
            return imbalance.Words;

        var differences = RunVerification.Find(data, run, approvedHash: null, cancellationToken);
        return differences.Count == 0 ? null : RunVerification.Describe(differences);
    }

    static Wording NotThere(RunKey key)
    {
        var date = Figures.Date(key.Date);
        return new Wording(
            $"Chiến dịch '{key.Campaign}' không có lượt gửi ngày {date}. Xem các lượt gửi bằng 'status'.",
            $"The campaign '{key.Campaign}' has no run of {date}. See its runs with 'status'.");
    }

    /// <summary>Numbers that runs which are not over are yet to send to.</summary>
    /// <param name="problems">Gets, as a warning, which of them hold any.</param>
    static NumberSet ReadElsewhere(
        RunKey key, RunKey of, IRegistry registry, DataFolder data, List<Problem> problems)
    {
        var numbers = new NumberSet();
        foreach (var other in registry.ReadRuns(key.Campaign).Where(run => !run.Simulated && !run.State.IsOver()))
        {
            if (other.ToKey() == key || other.ToKey() == of || !Ledgers.RunAt(other.AddressIn(data)).Exists)
                continue;

            var before = numbers.Count;
            using var ledger = Ledgers.RunAt(other.AddressIn(data)).ReadPlanUpToDate();
            foreach (var number in ledger.ReadWaiting())
                numbers.Add(number);
            if (numbers.Count == before)
                continue;

            var (count, date) = (
                Figures.Counted(numbers.Count - before, "recipient"), Figures.Date(other.ToKey().Date));
            problems.Add(new Problem(
                null,
                new Wording(
                    $"Lượt gửi ngày {date} của chiến dịch này đang giữ {count} thuê bao chờ gửi; ai trong số đó còn "
                        + $"trong "
                        + $"phần còn lại thì không đưa vào lượt này nữa.",
                    $"The run of {date} of this campaign holds {count} yet to be sent to; whoever of them is in the "
                        + $"rest "
                        + $"is not taken into this run as well."),
                Severity.Warning));
        }

        return numbers;
    }

    /// <summary>A run that was planned to send what another left is that, whoever asks for it.</summary>
    public static PreparationRequest Complete(PreparationRequest request, DataFolder data)
    {
        if (request is { RestOf: null, Simulated: false, Date: { } date }
            && Ledgers.FindRegistry(data)?.ReadRuns().FirstOrDefault(run =>
                run.RestOf is not null
                && run.Date == date.ToSql()
                && run.CampaignFile == Path.GetFullPath(request.CampaignFile)) is { RestOf: { } of })
            return request with { RestOf = SqlTime.DateFromSql(of) };

        return request;
    }

    /// <summary>Takes what the run of a date left as the audience.</summary>
    /// <returns>Null where it cannot be.</returns>
    public static ImportedAudience? Import(
        DateOnly of,
        CampaignFiles files,
        DataFolder data,
        PrefixTable prefixes,
        PortedList ported,
        EarlierRuns earlier,
        IAudienceSink sink,
        List<Problem> problems,
        CancellationToken cancellationToken)
    {
        var key = new RunKey(files.Campaign.Id, files.Date, Simulated: false);
        using var left = Open(key, of, files.Campaign, data, problems, cancellationToken);
        if (left is null)
            return null;

        var reading = RestImport.Read(
            files.Campaign,
            files.LaneOfCarrier(),
            prefixes,
            ported,
            left.Rest,
            sink,
            earlier.ReadNumbers(),
            earlier.Erased,
            cancellationToken);
        problems.AddRange(reading.Problems);
        return reading.Audience;
    }

    public void Dispose() => _ledger.Dispose();
}
