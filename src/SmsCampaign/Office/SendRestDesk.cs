using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What somebody asks for: that what a run left is planned for another date.</summary>
/// <param name="Campaign">Its id or its file.</param>
/// <param name="Date">Date of the run that left it; null: the newest that is over and left something.</param>
/// <param name="On">The date to send on.</param>
public sealed record RestOrder(string Campaign, DateOnly? Date, DateOnly On, string InstallationFile);

/// <summary>What came of it.</summary>
public abstract record RestResult
{
    RestResult()
    {
    }

    /// <summary>Nothing was planned.</summary>
    public sealed record Refused(IReadOnlyList<RestFinding> Findings) : RestResult;

    /// <summary>As far as it went: where <see cref="Preparation.Run"/> is set the run is planned, to be
    /// approved.</summary>
    /// <param name="Run">The new run.</param>
    /// <param name="Of">The one that left it.</param>
    /// <param name="CampaignFile">To approve it by.</param>
    /// <param name="Left">Messages that it left.</param>
    public sealed record Prepared(Preparation Preparation, RunKey Run, RunKey Of, string CampaignFile, long Left)
        : RestResult;
}

/// <summary>What speaks against it.</summary>
public abstract record RestFinding
{
    RestFinding()
    {
    }

    /// <param name="There">The campaign's runs, the newest first; none: it has none.</param>
    /// <param name="Others">The ids of the campaigns that have.</param>
    public sealed record NoRun(IReadOnlyList<RunRecord> There, IReadOnlyList<string> Others) : RestFinding;

    /// <summary>A row about it cannot be read.</summary>
    public sealed record Unreadable(Wording Why) : RestFinding;

    public sealed record NothingLeft(RunKey Run) : RestFinding;

    /// <summary>The ledger of the run that left it does not balance: who was left is not known.</summary>
    /// <param name="Why">What is found and what to do.</param>
    public sealed record DoesNotBalance(Wording Why) : RestFinding;

    /// <summary>A person called it off or ended it early, and it is not over yet: what it leaves is to be noted, or
    /// receipts of what was sent are waited for.</summary>
    /// <param name="Kind">Cancel or End.</param>
    /// <param name="Planned">Messages that are not noted as left yet.</param>
    public sealed record IsEnding(RunKey Run, OrderKind Kind, long Planned) : RestFinding;

    /// <summary>It is not a day after the run that left it.</summary>
    public sealed record NotLater(RunKey Run, DateOnly On) : RestFinding;

    /// <summary>The campaign's own date, on which all of it is sent.</summary>
    public sealed record IsOwnDate(DateOnly On) : RestFinding;

    /// <summary>Of a yearly campaign: who got the message is looked for in the same year only.</summary>
    public sealed record OtherYear(RunKey Run) : RestFinding;

    /// <summary>Another run of the campaign is on that date.</summary>
    public sealed record IsTaken(RunKey By) : RestFinding;

    public Wording ToWords() => this switch
    {
        NoRun({ Count: > 0 } there, _) => new(
            $"Chiến dịch không có lượt gửi của ngày đó. Đang có: {Dates(there)}.",
            $"The campaign has no run of that date. There are: {Dates(there)}."),
        NoRun(_, var others) => new(
            $"Chiến dịch chưa có lượt gửi nào. Các chiến dịch đã có lượt gửi: {Ids(others)}.",
            $"The campaign has no run. Campaigns that have: {Ids(others)}."),
        Unreadable(var why) => why,
        DoesNotBalance(var why) => new(
            $"CHƯA lập lượt gửi cho phần còn lại. {why}", $"NO run is planned of the rest. {why}"),
        NothingLeft(var run) => new(
            $"Lượt gửi ngày {Figures.Date(run.Date)} không để lại tin nào chưa gửi. Tin chưa rõ kết quả thì xem bằng "
                + $"'resolve', không gửi lại.",
            $"The run of {Figures.Date(run.Date)} left nothing to send. See uncertain messages with 'resolve'; they "
                + $"are "
                + $"not sent again."),
        IsEnding ending => Of(ending),
        NotLater(var run, var on) => new(
            $"Ngày {Figures.Date(on)} không sau ngày {Figures.Date(run.Date)} của lượt gửi trước. Hãy ghi --on một "
                + $"ngày "
                + $"còn ở phía trước.",
            $"{Figures.Date(on)} is not after {Figures.Date(run.Date)}, the date of the run before. Say --on with a "
                + $"date "
                + $"still to come."),
        IsOwnDate(var on) => new(
            $"Ngày {Figures.Date(on)} là ngày gửi của chính chiến dịch. Hãy chọn ngày khác cho phần còn lại.",
            $"{Figures.Date(on)} is the campaign's own date. Choose another for the rest."),
        OtherYear(var run) => new(
            $"Chiến dịch hằng năm: phần còn lại của lượt gửi ngày {Figures.Date(run.Date)} chỉ gửi được trong cùng "
                + $"năm.",
            $"A yearly campaign: the rest of the run of {Figures.Date(run.Date)} can only be sent in the same year."),
        IsTaken(var by) => new(
            $"Ngày {Figures.Date(by.Date)} đã có lượt gửi khác của chiến dịch này ({by}). Hãy chọn ngày khác.",
            $"There is another run of this campaign on {Figures.Date(by.Date)} ({by}). Choose another date."),
        _ => throw new InvalidOperationException($"no words for {this}"),
    };

    static Wording Of(IsEnding ending)
    {
        var date = Figures.Date(ending.Run.Date);
        var what = ending.Kind == OrderKind.Cancel
            ? new Wording("hủy", "called off")
            : new Wording("kết thúc sớm", "ended early");
        var (left, count) = (Figures.Count(ending.Planned), Figures.Counted(ending.Planned, "message"));
        return ending.Planned > 0
            ? new Wording(
                $"Lượt gửi ngày {date} đã được {what}, nhưng dịch vụ gửi chưa ghi lại {left} tin chưa gửi. Hãy xem "
                    + $"dịch vụ gửi có chạy không (status), đợi lượt gửi xong rồi chạy lại lệnh này.",
                $"The run of {date} was {what}, and the service has not noted yet {count} as left. See that it runs "
                    + $"(status), wait until the run is over, and run this again.")
            : new Wording(
                $"Lượt gửi ngày {date} đã được {what}: không gửi thêm và phần chưa gửi đã ghi vào sổ, nhưng còn chờ "
                    + $"biên nhận của các tin đã gửi, lâu nhất tới hết hạn chờ biên nhận của kênh (receiptTimeout). "
                    + $"Không phải làm gì thêm, chỉ để dịch vụ gửi chạy; khi 'status' ghi lượt gửi đã {what} thì chạy "
                    + $"lại lệnh này.",
                $"The run of {date} was {what}: nothing more is sent and what it leaves is noted, but receipts of what "
                    + $"was sent are still waited for, until the lane's receiptTimeout is over at the latest. Nothing "
                    + $"is to be done but to let the service run; once 'status' says that the run was {what}, run "
                    + $"this again.");
    }

    static Wording Dates(IReadOnlyList<RunRecord> runs) =>
        Wording.Join(", ", runs.Select(run => run.DateWords).Distinct());

    static Wording Ids(IReadOnlyList<string> ids) =>
        ids.Count == 0 ? new("chưa có", "none") : new(string.Join(", ", ids), string.Join(", ", ids));
}

/// <summary>
/// Plans what a run that is over left for another date of the same campaign: a run of its own, which holds just that,
/// and is approved as any other. Sends nothing, and needs nobody to answer for it.
/// </summary>
public sealed class SendRestDesk(DataFolder data, TimeProvider time)
{
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is left behind.</exception>
    public RestResult Plan(RestOrder order, CancellationToken cancellationToken)
    {
        if (Find(order) is not { } run)
        {
            return new RestResult.Refused([new RestFinding.NoRun(
                KnownRuns.Read(data, order.Campaign), KnownRuns.ReadCampaigns(data))]);
        }

        if (run.FindKey() is not { } of)
            return new RestResult.Refused([new RestFinding.Unreadable(run.Unreadable ?? run.DateWords)]);

        var findings = new List<RestFinding>();
        var left = 0L;
        try
        {
            left = CountLeft(run);
            FindWrongDate(run, of, order.On, findings);
            if (!run.State.IsOver() && FindEnding(of) is { } ending)
                findings.Insert(0, new RestFinding.IsEnding(of, ending.Kind, CountPlanned(run)));
            if (RunImbalance.Find(data, run) is { } imbalance)
                findings.Insert(0, new RestFinding.DoesNotBalance(imbalance));
            else if (run.State.IsOver() && left == 0 && Ledgers.RunAt(run.AddressIn(data)).Exists)
                findings.Insert(0, new RestFinding.NothingLeft(of));
        }
        catch (LedgerException unreadable)
        {
            findings.Add(new RestFinding.Unreadable(unreadable.Words));
        }

        if (findings.Count > 0)
            return new RestResult.Refused(findings);

        var request = new PreparationRequest(run.CampaignFile, order.InstallationFile, order.On) { RestOf = of.Date };
        var preparation = new CampaignPreparation(time).Prepare(
            request, data, ChangedRun.PlanAgain, cancellationToken);
        return new RestResult.Prepared(preparation, of with { Date = order.On }, of, run.CampaignFile, left);
    }

    void FindWrongDate(RunRecord run, RunKey of, DateOnly on, List<RestFinding> findings)
    {
        var schedule = run.ReadSchedule();
        if (on <= of.Date)
            findings.Add(new RestFinding.NotLater(of, on));
        else if (schedule.OccurrenceOnOrAfter(on) == on)
            findings.Add(new RestFinding.IsOwnDate(on));
        else if (schedule.IsYearly && on.Year != of.Date.Year)
            findings.Add(new RestFinding.OtherYear(of));

        var key = of with { Date = on };
        if (key != of
            && Ledgers.OpenRegistry(data).Find(key) is { } there
            && there.RestOf != of.DateText)
            findings.Add(new RestFinding.IsTaken(key));
    }

    RunRecord? Find(RestOrder order)
    {
        var runs = KnownRuns.Read(data, order.Campaign)
            .Where(run => !run.Simulated && (order.Date is not { } date || run.FindKey()?.Date == date))
            .ToList();
        return runs.Find(run => run.State.IsOver() && MayHaveLeft(run)) ?? runs.Find(run => run.State.IsOver())
            ?? runs.FirstOrDefault();
    }

    bool MayHaveLeft(RunRecord run)
    {
        try
        {
            return CountLeft(run) > 0;
        }
        catch (LedgerException)
        {
            return false;
        }
    }

    StandingOrder? FindEnding(RunKey key) => Ledgers.OpenRegistry(data).Orders.Read().FirstOrDefault(
        order => order is { IsForGood: true, Lane: null } && order.IsAbout(key));

    long CountLeft(RunRecord run) => Count(run, MessageStatus.Leftover);

    long CountPlanned(RunRecord run) => Count(run, MessageStatus.Planned);

    long Count(RunRecord run, MessageStatus status) =>
        Ledgers.RunAt(run.AddressIn(data)).Exists ? Reports.RunStatus.Read(run.AddressIn(data)).Count(status) : 0;
}
