using SmsCampaign.Audience;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Orthography;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>A report of a carrier that somebody brings.</summary>
/// <param name="File">As the person gave it.</param>
/// <param name="Segment">Null: the one that the carrier holds.</param>
/// <param name="On">Date of the signed report; null: today.</param>
public sealed record ResultDelivery(string File, string Holder, string? Segment, DateOnly? On)
{
    /// <summary>Number of the signed report.</summary>
    public string? Document { get; init; }

    /// <summary>Why it takes the place of the one that counts; null where it is the first.</summary>
    public string? CorrectsAs { get; init; }

    /// <summary>Of the list of rows to look at.</summary>
    public Language Language { get; init; } = Language.Vietnamese;
}

/// <summary>What came of it.</summary>
public abstract record ResultImport
{
    ResultImport()
    {
    }

    /// <summary>Full path of a list of the rows to look at, numbers masked; null where there are none.</summary>
    public string? Notes { get; init; }

    /// <summary>It is not taken.</summary>
    /// <param name="Questions">To put to the carrier.</param>
    /// <param name="Letter">A draft that puts them; null where there is nothing to ask.</param>
    public sealed record Refused(
        IReadOnlyList<Problem> Problems, IReadOnlyList<Wording> Questions, string? Letter) : ResultImport;

    /// <summary>It is taken, on disk and in the audit chain.</summary>
    /// <param name="Warnings">What was not read.</param>
    public sealed record Taken(
        HeldOrder Order, IReadOnlyList<Problem> Warnings, IReadOnlyList<Wording> Questions, string? Letter)
        : ResultImport;
}

/// <summary>Takes what carriers report of what they sent.</summary>
public sealed class ResultDesk(DataFolder data, TimeProvider time)
{
    /// <summary>As of <see cref="DiskFloor.FreeAt"/>.</summary>
    internal Func<string, long?> FreeAt { get; init; } = DiskFloor.FreeAt;

    /// <summary>Why the disk of the data folder does not take a file of so many bytes; null where it does.</summary>
    public Wording? Refuse(string installationFile, long bytes) =>
        DiskFloor.RefuseMore([data.Root], bytes, Installation.ReadDiskFloor(installationFile), FreeAt);

    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public ResultImport Import(
        Who who, RunKey run, ResultDelivery delivery, string installationFile, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var registry = Ledgers.OpenRegistry(data);
        var reading = Installation.Read(installationFile);
        List<Problem> problems = [.. reading.Problems.Where(problem => problem.Severity == Severity.Error)];
        if (!who.IsNamed)
            problems.Add(Plain("Cần ghi người nhập: --by \"Họ tên\".", "Say who imports it: --by NAME."));
        if (delivery.On is { } day && day > VietnamTime.DateOf(now))
            problems.Add(Plain(
                $"--on: ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của báo cáo.",
                $"--on: {Figures.Date(day)} is still to come. Write the date of the report."));

        if (OrderDesk.FindKeyTrouble(registry) is { } keyless)
            problems.Add(new Problem(null, keyless));

        var order = Choose(registry, run, delivery, reading.Installation, problems);
        if (order is null || reading.Installation is not { } installation)
        {
            // What is wrong with the file is said all the same; a list of numbers is held to the order's.
            Read(reading.Installation, delivery, problems, () => null, cancellationToken);
            return new ResultImport.Refused(problems, [], null);
        }

        var matching = new ListMatching(data, registry, run, order, installation, time, problems);
        using var notes = new NumberNotes(
            Path.Combine(FolderOf(run), OrderFolder.NotesOf(Slug.Of(order.Kept.Segment))), delivery.Language);
        var holder = installation.Holders.GetValueOrDefault(order.Kept.Holder) ?? new HolderSettings();
        NumberList? OpenList() => matching.Open(cancellationToken) is { } about ? new(holder, about, notes.Add) : null;
        var before = Count(problems);
        if (Read(installation, delivery, problems, OpenList, cancellationToken) is not { } read)
            return new ResultImport.Refused(problems, [], null) { Notes = Show(notes, isTaken: false, problems) };

        var isWhole = Count(problems) == before;
        var sending = VietnamTime.DateOf(order.Order.Window.Start);
        if (delivery.On is { } on && on < sending)
            problems.Add(Plain(
                $"--on: ngày {Figures.Date(on)} là trước ngày nhắn tin ({Figures.Date(sending)}): khi đó chưa thể có "
                    + $"báo cáo. Hãy ghi ngày của báo cáo.",
                $"--on: {Figures.Date(on)} is before the day of sending ({Figures.Date(sending)}): there can be no "
                    + $"report. Write the date of the report."));
        if (now < order.Order.Window.End)
        {
            var closes = VietnamTime.Expected(order.Order.Window.End);
            problems.Add(Plain(
                $"Khung giờ nhắn tới {closes} mới đóng: chưa thể có kết quả cuối cùng.",
                $"The window closes at {closes}: what is final cannot be reported before."));
        }

        // A list beside a table that was imported before is held to it, and is no other report.
        var isAddition = read is { HasTotals: false, Numbers: not null }
            && order.Result is { Numbers: null }
            && string.IsNullOrWhiteSpace(delivery.CorrectsAs);
        var (result, parts) = Join(read, order, isAddition, matching);
        List<ResultFault> faults =
        [
            .. ResultChecks.Find(result, order.Order, holder, isWhole),
            .. isWhole && read.Numbers is { } list && (read.HasTotals || isAddition)
                ? NumberChecks.Find(result, list)
                : [],
        ];
        var table = read.Sheet is { } sheet ? $"{delivery.File} [{sheet}]" : delivery.File;
        problems.AddRange(faults.Select(fault => new Problem(
            new Place(fault.Line is null ? delivery.File : table, fault.Line), fault.What)));
        FindEarlier(registry, order, delivery, read, isAddition, problems);
        var stated = holder.Rate ?? order.Kept.Steps.LastOrDefault(step => step.Rate is not null)?.Rate;
        IReadOnlyList<Wording> questions =
        [
            .. faults.Select(fault => fault.Ask).OfType<Wording>(),
            .. isWhole ? ResultQuestions.Find(result, order.Order, stated) : [],
        ];
        if (read.Numbers is not null)
            problems.AddRange(NumberChecks.Tell(result.Numbers!).Select(told => new Problem(
                new Place(delivery.File), told, Severity.Warning)));
        if (problems.Exists(problem => problem.Severity == Severity.Error))
        {
            var asked = WriteQuestions(run, order, holder, installation, questions, problems);
            var apart = Show(notes, isTaken: false, problems);
            return new ResultImport.Refused(problems, questions, asked) { Notes = apart };
        }

        var kept = new KeptResult
        {
            Order = order.Kept.Id,
            FileName = NumberMask.In(Path.GetFileName(delivery.File)),
            FileHash = read.FileHash,
            Content = result.ToJson(),
            Document = delivery.Document is { } number ? NumberMask.In(number.Trim()) : null,
            On = delivery.On ?? VietnamTime.DateOf(now),
            Corrects = order.Reported?.Id,
            Reason = delivery.CorrectsAs is { } reason ? NumberMask.In(reason.Trim())
                : isAddition ? "thêm danh sách từng số" // stands in reports
                : null,
            RecordedBy = who.Person,
            ByOs = who.ByOs,
            At = now.ToSql(),
        };
        if (registry.WorkOrders.Add(kept, parts) is null)
        {
            problems.Add(Plain(
                "Một báo cáo khác của lệnh này vừa được nhập. Hãy xem 'status' rồi nhập lại.",
                "Another report of this order has just been imported. See 'status', then import it again."));
            return new ResultImport.Refused(problems, questions, null);
        }

        if (order.Result?.Numbers is not null && result.Numbers is null)
            problems.Add(new Problem(null, new Wording(
                "Danh sách từng số đã nhập thuộc báo cáo trước, không khớp báo cáo này: không còn được tính. Hãy xin "
                    + "nhà mạng danh sách mới.",
                "The list of numbers that was imported is of the report before and does not fit this one: it does not "
                    + "count any more. Ask the carrier for a new one."), Severity.Warning));
        var letter = WriteQuestions(run, order, holder, installation, questions, problems);
        var shown = read.Numbers is null ? null : Show(notes, isTaken: true, problems);
        return new ResultImport.Taken(
            HeldOrders.Of(registry.WorkOrders.Read(run), []).Single(each => each.Kept.Id == kept.Order),
            problems,
            questions,
            letter)
        { Notes = shown };
    }

    /// <summary>What is to be kept: the table that is there with the list that is brought, or the table that is brought
    /// with the list that is there, where it is of the same.</summary>
    static (CarrierResult Result, IReadOnlyList<byte[]>? Parts) Join(
        ReadResult read, HeldOrder order, bool isAddition, ListMatching matching)
    {
        if (read.Numbers is { } list)
        {
            var numbers = matching.Compare(list.Numbers, list.Parts);
            return ((isAddition ? order.Result! : read.Result) with { Numbers = numbers }, list.Parts);
        }

        if (order.Result?.Numbers is not { } there)
            return (read.Result, null);

        return NumberChecks.AreOf(there, read.Result) && matching.ReadKept(order) is { } parts
            ? (read.Result with { Numbers = there }, parts)
            : (read.Result, null);
    }

    /// <returns>Full path; null where there is nothing to look at, or it cannot be written, which is said.</returns>
    static string? Show(NumberNotes notes, bool isTaken, List<Problem> problems)
    {
        try
        {
            return notes.Show(isTaken);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            problems.Add(Unwritable(notes.Place, cannot, Severity.Warning));
            return null;
        }
    }

    static Problem Unwritable(string place, Exception cannot, Severity severity) => new(new Place(place), new Wording(
        $"không ghi được danh sách các hàng cần xem ({FaultWords.Of(cannot)}).",
        $"the list of rows to look at cannot be written ({FaultWords.Of(cannot)})."), severity);

    string FolderOf(RunKey run)
    {
        var registry = Ledgers.OpenRegistry(data);
        return OrderDesk.FolderOf(data, registry, run, registry.Find(run)?.ReadSchedule().IsYearly ?? false);
    }

    /// <summary>The runs of which a letter went to a carrier.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<RunKey> FindRuns(string holder) => Ledgers.FindRegistry(data) is not { } registry ? [] :
        [.. registry.WorkOrders.Read()
            .Where(order => order.Holder == holder && order is { IsWitnessed: true, Steps.Count: > 0 })
            .Select(order => registry.ReadRuns().FirstOrDefault(run => run.Key == order.Run)?.FindKey())
            .OfType<RunKey>()
            .Distinct()];

    static HeldOrder? Choose(
        IRegistry registry,
        RunKey run,
        ResultDelivery delivery,
        Installation? installation,
        List<Problem> problems)
    {
        var unreadable = new List<Wording>();
        var orders = HeldOrders.Of(registry.WorkOrders.Read(run), unreadable);
        problems.AddRange(unreadable.Select(why => new Problem(null, why, Severity.Warning)));
        List<HeldOrder> of = [.. orders.Where(order =>
            order.Kept.Holder == delivery.Holder
            && (delivery.Segment is null || order.Kept.Segment == delivery.Segment))];
        if (of is [{ State: OrderState.Unknown } doubtful])
        {
            problems.Add(Plain(
                $"Không rõ công văn gửi {doubtful.Kept.Holder} đang thế nào: có dòng trong sổ bị sửa. Kiểm tra bằng "
                    + $"'audit "
                    + $"verify', báo kỹ sư phụ trách.",
                $"It is not known how the letter to {doubtful.Kept.Holder} stands: a row of the ledger was changed. "
                    + $"See "
                    + $"'audit verify', and tell your engineer."));
            return null;
        }

        if (of is [{ State: OrderState.Written } written])
        {
            problems.Add(Plain(
                $"Công văn gửi {written.Kept.Holder} chưa được ghi nhận là đã gửi. Ghi nhận trước bằng 'order sent'.",
                $"The letter to {written.Kept.Holder} is not recorded as sent. Record that first, by 'order sent'."));
            return null;
        }

        if (of.Count == 1)
            return of[0];

        if (of.Count == 0
            && installation is not null
            && HolderNames.FindUnknown(delivery.Holder, installation.Holders.Keys, installation.File) is { } unknown)
        {
            problems.Add(new Problem(null, unknown));
            return null;
        }

        var list = string.Join("; ", orders.Select(order => $"{order.Kept.Holder} ({order.Kept.Segment})"));
        var hint = Spelling.DidYouMean(Spelling.Nearest(delivery.Holder, orders.Select(order => order.Kept.Holder)));
        problems.Add(orders.Count == 0
            ? Plain(
                "Lượt gửi này chưa có công văn nào gửi nhà mạng, nên không có lệnh nào để nhập kết quả.",
                "No letter to a carrier is written for this run, so there is no order to import a result of.")
            : of.Count == 0
            ? Plain(
                $"Không có công văn nào gửi '{delivery.Holder}'.{hint} Đang có: {list}.",
                $"There is no letter to '{delivery.Holder}'.{hint} There are: {list}.")
            : Plain(
                $"Nhà mạng này giữ nhiều nhóm nhận tin: {list}. Hãy ghi thêm --segment.",
                $"The carrier holds several segments: {list}. Say which by --segment."));
        return null;
    }

    static ReadResult? Read(
        Installation? installation,
        ResultDelivery delivery,
        List<Problem> problems,
        Func<NumberList?> openList,
        CancellationToken cancellationToken)
    {
        var holder = installation?.Holders.GetValueOrDefault(delivery.Holder) ?? new HolderSettings();
        try
        {
            return new ResultReader(holder, new FileProblems(delivery.File, problems), openList)
                .Read(Path.GetFullPath(delivery.File), cancellationToken);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            // The file itself is read under exceptions of its own.
            problems.Add(Unwritable(delivery.File, cannot, Severity.Error));
            return null;
        }
    }

    static void FindEarlier(
        IRegistry registry,
        HeldOrder order,
        ResultDelivery delivery,
        ReadResult read,
        bool isAddition,
        List<Problem> problems)
    {
        if (registry.WorkOrders.FindByFile(read.FileHash) is { } taken)
        {
            var result = taken.Results.First(each => each.FileHash == read.FileHash);
            problems.Add(Plain(
                $"Tệp này đã được nhập cho {taken.Holder} (nhóm '{taken.Segment}') bởi {result.RecordedBy}.",
                $"This very file was imported for {taken.Holder} (segment '{taken.Segment}') by {result.RecordedBy}."));
        }
        else if (!isAddition && order.Reported is { } there && string.IsNullOrWhiteSpace(delivery.CorrectsAs))
        {
            problems.Add(Plain(
                $"Lệnh này đã có báo cáo ({there.FileName}, ngày {Figures.Date(there.On)}, nhập bởi "
                    + $"{there.RecordedBy}). "
                    + $"Báo cáo sửa thì ghi thêm --corrects \"lý do\"; bản cũ vẫn được giữ.",
                $"The order has a report already ({there.FileName}, {Figures.Date(there.On)}, by "
                    + $"{there.RecordedBy}). For "
                    + $"a correction add --corrects WHY; the old one is kept."));
        }
        else if (order.Reported is null && delivery.CorrectsAs is not null)
        {
            problems.Add(Plain(
                "--corrects: lệnh này chưa có báo cáo nào để sửa. Hãy bỏ --corrects.",
                "--corrects: the order has no report to correct. Leave it out."));
        }
    }

    /// <returns>Full path of the draft; null where there is nothing to ask.</returns>
    string? WriteQuestions(
        RunKey run,
        HeldOrder order,
        HolderSettings holder,
        Installation installation,
        IReadOnlyList<Wording> questions,
        List<Problem> problems)
    {
        if (questions.Count == 0)
            return null;

        var letter = QuestionLetter.Write(order.Order, holder, installation.Letters, questions);
        var folder = FolderOf(run);
        try
        {
            return OrderFolder.Write(folder, [(OrderFolder.QuestionsOf(Slug.Of(order.Kept.Segment)), letter)])[0];
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(new Place(folder), new Wording(
                "chưa ghi được dự thảo công văn hỏi nhà mạng vào thư mục này: tệp đang mở, hoặc không có quyền ghi.",
                "the draft of the letter that asks the carrier could not be written to this folder: the file is "
                    + "open, or "
                    + "may not be written."), Severity.Warning));
            return null;
        }
    }

    static int Count(List<Problem> problems) => problems.Count(problem => problem.Severity == Severity.Error);

    static Problem Plain(Vietnamese vi, English en) => new(null, new Wording(vi, en));
}
