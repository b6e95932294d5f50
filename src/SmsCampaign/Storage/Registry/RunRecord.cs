using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Registry;

/// <summary>Where a run stands. Stored by name.</summary>
public enum RunState
{
    /// <summary>Imported and planned; nobody has approved it.</summary>
    Planned,

    /// <summary>Approved; waits for its date.</summary>
    Approved,

    /// <summary>Its window has opened; it sends while the window is open, and waits for receipts.</summary>
    Sending,

    /// <summary>Waits for a person: a policy said hold, or an approval no longer fits.</summary>
    Held,

    /// <summary>Every message is settled, or its receipt time is over. The report is written.</summary>
    Finished,

    /// <summary>Its start was missed and the policy said skip.</summary>
    Skipped,

    /// <summary>A person called it off. What was sent is settled, or its receipt time is over; the report
    /// is written.</summary>
    Cancelled,

    /// <summary>A person ended it early. Likewise.</summary>
    Ended,
}

/// <summary>What states of a run have in common.</summary>
public static class RunStates
{
    /// <summary>Whether nothing is to be done about it any more.</summary>
    public static bool IsOver(this RunState state) =>
        state is RunState.Finished or RunState.Skipped or RunState.Cancelled or RunState.Ended;

    /// <summary>Whether nothing of it can have been handed over yet.</summary>
    public static bool IsUnsent(this RunState state) => state is RunState.Planned or RunState.Approved;
}

/// <summary>A row of the table run.</summary>
public sealed record RunRecord
{
    public required string Key { get; init; }
    public required string Campaign { get; init; }
    public required string Date { get; init; }
    public bool Simulated { get; init; }

    /// <summary>As of <see cref="RunKey.IsTest"/>.</summary>
    public bool IsTest => RunKey.IsOfTest(Campaign);

    /// <summary>Stands in every message reference of the run. Lower-case letters and digits, at most 8.</summary>
    public required string Code { get; init; }
    public RunState State { get; init; }

    /// <summary>Ledger file, relative to the data folder.</summary>
    public required string File { get; init; }

    /// <summary>Full path of the campaign file.</summary>
    public required string CampaignFile { get; init; }

    /// <summary>The campaign file's text as planned.</summary>
    public required string Definition { get; init; }
    public required string DefinitionHash { get; init; }
    public required string AudienceHash { get; init; }
    public required string PlanHash { get; init; }

    /// <summary>What the run's ledger says, piece by piece (<see cref="RunSeal"/>); empty for one planned
    /// before there was one.</summary>
    public string Seal { get; init; } = "";

    /// <summary>When it was finished or skipped; null while it is neither.</summary>
    public string? FinishedAt { get; init; }

    /// <summary>Null too where what is kept of it is no time.</summary>
    public DateTimeOffset? FinishedSince
    {
        get
        {
            try
            {
                return FinishedAt is { } over ? SqlTime.FromSql(over, "run", Key) : null;
            }
            catch (LedgerRowException)
            {
                return null;
            }
        }
    }

    /// <summary>Since when its numbers are kept for nothing but the record: since it was finished. A test is over from
    /// the first, and counts from the end of its day. Null where that is not known.</summary>
    public DateTimeOffset? KeptSince =>
        FinishedSince ?? (IsTest && FindKey() is { } test ? VietnamTime.EndOf(test.Date) : null);

    /// <summary>Date of the run of the campaign whose left messages this one is to send; null where it is of the
    /// campaign's files.</summary>
    public string? RestOf { get; init; }

    /// <summary>The same for a person; as it is written where that is no date.</summary>
    public Wording RestOfWords => RestOf is { } of
        ? DateOnly.TryParseExact(of, "yyyy-MM-dd", out var date) ? Figures.Date(date) : new Wording(of, of)
        : new Wording("", "");

    /// <summary>Whether an approval is for it. One for every year is for the campaign's own dates.</summary>
    public bool IsMeantBy(Approval approval) =>
        approval.Campaign == Campaign && (approval.Date == Date || (approval.Date is null && RestOf is null));

    /// <summary>What persons decided of when the window closes on single days, in order; those alone that the audit
    /// chain bears witness to.</summary>
    public IReadOnlyList<WindowExtension> Extensions { get; init; } = [];

    /// <summary>What an approval of the run binds.</summary>
    public string ApprovedHash => ApprovalHash.Of(DefinitionHash, AudienceHash, PlanHash, RunSeal.Parse(Seal).Hash);

    /// <summary>How far the numbers of its subscribers are erased.</summary>
    public PurgeState Purge { get; init; }

    /// <summary>Whether they are, or are being erased: the run is only looked at from then on.</summary>
    public bool IsErased => Purge != PurgeState.None;

    /// <summary>What the run's ledger gives since, as <see cref="RunSeal.ToText"/> writes it; empty where it has its
    /// numbers.</summary>
    public string ErasedSeal { get; init; } = "";

    /// <summary>What stands in the place of the state where no program has written it; null where one has. The run is
    /// held then: nothing of it is sent before a person approves it again.</summary>
    public string? OddState { get; init; }

    /// <summary>Why the row cannot be relied on; null where it can, as far as it was read.</summary>
    public Wording? Unreadable => FindKeyTrouble() ?? (OddState is null ? null
        : LedgerRowException.Of("run", Key, OddState, new Wording(
            "trạng thái lượt gửi mà chương trình biết", "state of a run that this program knows")).Words);

    /// <summary>The run's date for a person; as it is written where that is none.</summary>
    public Wording DateWords => FindKey() is { } key ? Figures.Date(key.Date) : new Wording(Date, Date);

    /// <summary>When it is sent: as it was planned, and as persons decided of single days since.</summary>
    /// <exception cref="LedgerRowException">The row's definition, or what was decided, cannot be read.</exception>
    public Schedule ReadSchedule()
    {
        var schedule = ReadPlannedSchedule();
        return schedule with { Window = WindowExtension.Apply(schedule.Window, Extensions, Key) };
    }

    Schedule ReadPlannedSchedule()
    {
        try
        {
            return Campaigns.CampaignFile.ReadSchedule(Definition);
        }
        catch (FormatException)
        {
            throw new LedgerRowException(new Wording(
                $"ledger.db, bảng run, dòng {Key}: không đọc được lịch gửi trong nội dung tệp chiến dịch đã lưu. "
                    + $"{LedgerRowException.Mend}",
                $"ledger.db, table run, row {Key}: the campaign file's text that was kept has no schedule that can be "
                    + $"read. {LedgerRowException.Mend}"));
        }
    }

    /// <exception cref="LedgerRowException">The row's key cannot be read.</exception>
    public RunKey ToKey() => RunKey.ParseStored(Key, "run");

    /// <returns>Null where the row's key cannot be read.</returns>
    public RunKey? FindKey() => FindKeyTrouble() is null ? ToKey() : null;

    /// <summary>Where its ledger is kept.</summary>
    /// <exception cref="LedgerRowException">As of <see cref="DataFolder.AddressOf(string, string)"/>.</exception>
    public RunAddress AddressIn(DataFolder data) => data.AddressOf(Key, File);

    /// <summary>Why no file is its ledger; null where one may be.</summary>
    public Wording? FindElsewhere(DataFolder data)
    {
        try
        {
            AddressIn(data);
            return null;
        }
        catch (LedgerRowException elsewhere)
        {
            return elsewhere.Words;
        }
    }

    Wording? FindKeyTrouble()
    {
        try
        {
            ToKey();
            return null;
        }
        catch (LedgerRowException unreadable)
        {
            return unreadable.Words;
        }
    }
}

/// <summary>Where a run's ledger lies.</summary>
public sealed record RunPlace
{
    public required string Key { get; init; }
    public required string Code { get; init; }
    public RunState State { get; init; }

    /// <summary>Relative to the data folder.</summary>
    public required string File { get; init; }

    /// <inheritdoc cref="RunRecord.AddressIn"/>
    public RunAddress AddressIn(DataFolder data) => data.AddressOf(Key, File);
}
