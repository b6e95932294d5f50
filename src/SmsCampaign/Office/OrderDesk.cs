using System.Text;
using SmsCampaign.Campaigns;
using SmsCampaign.Installations;
using SmsCampaign.Letters;
using SmsCampaign.Messages;
using SmsCampaign.Orders;
using SmsCampaign.Orthography;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Writes the letters that ask carriers to text their own subscribers, and records what became of
/// them.</summary>
public sealed class OrderDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Writes a letter, its PDF where LibreOffice is there, an order as JSON and a reply form for each segment
    /// that a carrier holds, and records what they say: all of them or none. What a carrier was asked already, and says
    /// the same, stays the same revision.</summary>
    /// <param name="folder">Null: the run's own (<see cref="DataFolder.Orders"/>).</param>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public OrderWriting Write(Who who, PreparationRequest request, string? folder) =>
        Write(who, request, folder, printer: null);

    /// <inheritdoc cref="Write(Who, PreparationRequest, string?)"/>
    /// <param name="printer">Makes the PDF of each letter; null: as the installation file says.</param>
    /// <param name="ready">Called when the files are ready and nothing is recorded yet.</param>
    internal OrderWriting Write(
        Who who, PreparationRequest request, string? folder, OfficePrinter? printer, Action? ready = null)
    {
        var problems = new List<Problem>();
        var now = time.GetUtcNow();
        if (CampaignFiles.Read(request, data, now, problems) is not { } files)
            return new OrderWriting.Refused(problems);

        if (files.Campaign.HeldSegments.Count == 0)
        {
            problems.Add(new Problem(files.Places.Of("segments"), new Wording(
                "Chiến dịch không có nhóm nhận tin nào do nhà mạng giữ ('heldBy'), nên không có công văn nào để soạn.",
                "No segment of the campaign is held by a carrier ('heldBy'), so there is no letter to write.")));
            return new OrderWriting.Refused(problems);
        }

        var run = new RunKey(files.Campaign.Id, files.Date, Simulated: false);
        var registry = Ledgers.OpenRegistry(data);
        if (FindKeyTrouble(registry) is { } keyless)
            return new OrderWriting.Refused([.. problems, new Problem(null, keyless)]);

        var unreadable = new List<Wording>();
        var rows = registry.WorkOrders.Read(run);
        var before = HeldOrders.Of(rows, unreadable).ToDictionary(order => order.Kept.Segment);
        var written = new List<WrittenOrder>();
        var contents = new List<(string Name, byte[] Content)>();
        var fresh = new List<KeptOrder>();
        foreach (var held in files.Campaign.HeldSegments)
        {
            var was = before.GetValueOrDefault(held.Name)?.Newest;
            var highest = rows.Where(row => row.Segment == held.Name).Max(row => (int?)row.Revision) ?? 0;
            var order = OrderDraft.Of(files.Campaign, held, run, files.Installation.Letters, was?.Order, highest);
            if (was is null || order.Revision != was.Order.Revision)
                fresh.Add(ToRow(who, run, held.Name, order, now));

            var holder = files.Installation.Holders[held.HeldBy];
            var name = Slug.Of(held.Name);
            contents.Add((
                OrderFolder.LetterOf(name), OrderLetter.Write(order, holder, files.Installation.Letters)));
            contents.Add((OrderFolder.FormOf(name), ReplyForm.Write(order, holder)));
            contents.Add((OrderFolder.JsonOf(name), Encoding.UTF8.GetBytes(order.ToJson() + "\n")));
            written.Add(new WrittenOrder(
                held.Name, holder.Display ?? held.HeldBy, order, was is null, order.Revision == was?.Order.Revision));
        }

        PastDate.FindForLetters(
            files,
            now,
            written
                .Where(order => order.IsSame && before[order.Segment].Newest.Kept.Steps.Count > 0)
                .Select(order => order.Segment)
                .ToHashSet(),
            problems);
        var place = folder ?? FolderOf(data, registry, run, files.Campaign.Schedule.IsYearly);
        try
        {
            // All that takes room lies there whole before anything is recorded, and all is recorded or nothing.
            using var made = ReadyOrders.Make(place, contents);
            var noPdf = made.Print(printer ?? new OfficePrinter(OfficeOf(files.Installation)));
            ready?.Invoke();
            if (registry.WorkOrders.Add(fresh) is { } busy)
                return new OrderWriting.Busy(busy);

            return new OrderWriting.Written(
                run, made.Show(), written, problems, unreadable, IsApproved(registry, run))
            { NoPdf = noPdf };
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new OrderWriting.Unwritable(place, cannot);
        }
    }

    /// <summary>A path is relative to the installation file; a mere name is found by PATH.</summary>
    static string? OfficeOf(Installation installation) =>
        installation.Letters.Office is { } office && office.AsSpan().ContainsAny('/', '\\')
            ? Path.GetFullPath(office, Path.GetDirectoryName(Path.GetFullPath(installation.File))!)
            : installation.Letters.Office;

    static KeptOrder ToRow(Who who, RunKey run, string segment, WorkOrder order, DateTimeOffset now) => new()
    {
        Run = run.ToString(),
        Segment = segment,
        Holder = order.Holder,
        Revision = order.Revision,
        Content = order.ToJson(),
        MadeBy = who.OrAccount.Person,
        ByOs = who.ByOs,
        At = now.ToSql(),
    };

    /// <summary>What is recorded without the chain's key nobody could bear witness to later.</summary>
    internal static Wording? FindKeyTrouble(IRegistry registry) =>
        registry.Audit.FindMissingKey() ?? registry.Audit.KeyTrouble;

    /// <summary>What carriers are asked for a run, a letter a segment.</summary>
    /// <param name="unreadable">Gets a line for each row that cannot be relied on.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<HeldOrder> Read(RunKey run, List<Wording> unreadable) =>
        Ledgers.FindRegistry(data) is { } registry
            ? HeldOrders.Of(registry.WorkOrders.Read(run), unreadable)
            : [];

    /// <summary>What lies of the letters of a run in its own folder: what carriers get, and what is asked of
    /// them.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public IReadOnlyList<OrderFile> FindFiles(RunRecord run)
    {
        if (run.FindKey() is not { } key)
            return [];

        var folder = FolderOf(data, Ledgers.OpenRegistry(data), key, run.ReadSchedule().IsYearly);
        return [.. Read(key, [])
            .Select(order => order.Kept.Segment)
            .SelectMany(segment => Enum.GetValues<OrderFileKind>()
                .Select(kind => (segment, kind, Name: OrderFolder.NameOf(kind, Slug.Of(segment)))))
            .Where(each => File.Exists(Path.Combine(folder, each.Name)))
            .Select(each => new OrderFile(each.segment, each.kind, each.Name, Path.Combine(folder, each.Name)))];
    }

    /// <summary>Where the letters of a run lie: those of another date's run of the same campaign, which carriers have,
    /// are not written over.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    internal static string FolderOf(DataFolder data, IRegistry registry, RunKey run, bool yearly)
    {
        var first = registry.WorkOrders.Read()
            .Where(order => RunKey.FindCampaign(order.Run) == run.Campaign)
            .MinBy(order => order.Id);
        return data.Orders(
            run, yearly || (first is not null && RunKey.ParseStored(first.Run, "work_order").Date != run.Date));
    }

    /// <summary>Records that a letter has left, or what the carrier answered.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read or written.</exception>
    public OrderRecording Record(Who who, RunKey run, OrderNews news)
    {
        var now = time.GetUtcNow();
        var registry = Ledgers.OpenRegistry(data);
        var findings = new List<OrderFinding>();
        if (FindKeyTrouble(registry) is { } keyless)
            findings.Add(new OrderFinding.NoKey(keyless));
        if (!who.IsNamed)
            findings.Add(new OrderFinding.NoName());

        var unreadable = new List<Wording>();
        var orders = HeldOrders.Of(registry.WorkOrders.Read(run), unreadable);
        findings.AddRange(unreadable.Select(why => new OrderFinding.Unreadable(why)));
        var order = Choose(orders, news, findings);
        if (order is not null)
        {
            Check(registry, run, order, news, findings);
            CheckDay(order, news.On ?? VietnamTime.DateOf(now), findings);
        }

        if (news.On is { } day && day > VietnamTime.DateOf(now))
            findings.Add(new OrderFinding.InFuture(day));
        if (news.Kind == OrderStepKind.Sent && string.IsNullOrWhiteSpace(news.Document))
            findings.Add(new OrderFinding.NoDocument());
        if (news.Kind is (OrderStepKind.Refused or OrderStepKind.Withdrawn) && string.IsNullOrWhiteSpace(news.Note))
            findings.Add(new OrderFinding.NoWhy());
        if (findings.Exists(finding => finding is not OrderFinding.Unreadable) || order is null)
            return new OrderRecording.Refused(findings);

        registry.WorkOrders.Add(new OrderStep
        {
            Order = order.Kept.Id,
            Kind = news.Kind,
            Document = Clean(news.Document),
            On = news.On ?? VietnamTime.DateOf(now),
            SaidBy = Clean(news.SaidBy),
            Note = Clean(news.Note),
            Rate = news.Rate,
            RecordedBy = who.Person,
            ByOs = who.ByOs,
            At = now.ToSql(),
        });
        return new OrderRecording.Recorded(
            HeldOrders.Of(registry.WorkOrders.Read(run), unreadable)
                .Single(each => each.Kept.Segment == order.Kept.Segment));
    }

    /// <summary>What a person wrote, without numbers in full: it stands in reports.</summary>
    static string? Clean(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : NumberMask.In(text.Trim().Composed());

    /// <summary>What leaves is the newest letter; what is answered or taken back is one that has left.</summary>
    static HeldOrder? Choose(IReadOnlyList<HeldOrder> orders, OrderNews news, List<OrderFinding> findings) =>
        news.Kind == OrderStepKind.Sent
            ? ChooseSegment(orders, news, findings)?.Newest
            : ChooseSegment(orders, news, findings);

    static HeldOrder? ChooseSegment(IReadOnlyList<HeldOrder> orders, OrderNews news, List<OrderFinding> findings)
    {
        List<HeldOrder> of = [.. orders.Where(order =>
            order.Kept.Holder == news.Holder && (news.Segment is null || order.Kept.Segment == news.Segment))];
        if (of.Count == 1)
            return of[0];

        findings.Add(of.Count == 0
            ? new OrderFinding.NoOrder(news.Holder, news.Segment, orders)
            : new OrderFinding.WhichSegment([.. of.Select(order => order.Kept.Segment)]));
        return null;
    }

    static void Check(IRegistry registry, RunKey run, HeldOrder order, OrderNews news, List<OrderFinding> findings)
    {
        if (news.Kind != OrderStepKind.Sent && order.State == OrderState.Written)
            findings.Add(new OrderFinding.NotSent(order));
        if (order.State == OrderState.Unknown)
            findings.Add(new OrderFinding.IsDoubtful(order));
        if (news.Kind == OrderStepKind.Sent && order.Sending is { } sent)
            findings.Add(new OrderFinding.SentAlready(order, sent));
        if (news.Kind is OrderStepKind.Refused or OrderStepKind.Withdrawn
            && order.Reported is { } report
            && order.Balance?.Sent is not 0)
            findings.Add(new OrderFinding.ReportedAlready(order, report));
        if (news.Kind != OrderStepKind.Sent)
            return;

        if (!IsApproved(registry, run))
            findings.Add(new OrderFinding.NotApproved(run, registry.Find(run)?.CampaignFile));
        else if (!IsAsApproved(registry.Find(run)!, order))
            findings.Add(new OrderFinding.OtherThanApproved(order, registry.Find(run)!.CampaignFile));
    }

    /// <summary>Steps count by their dates: one before the last would change nothing.</summary>
    static void CheckDay(HeldOrder order, DateOnly day, List<OrderFinding> findings)
    {
        var before = order.Kept.Steps is [.., var last] ? last : null;
        var least = before?.On ?? VietnamTime.DateOf(order.Kept.MadeAt);
        if (day < least)
            findings.Add(new OrderFinding.TooEarly(order, day, least, before));
    }

    static bool IsApproved(IRegistry registry, RunKey run) =>
        registry.Find(run) is { } kept && !kept.State.IsOver() && RunLetters.IsApproved(registry, kept, run);

    /// <summary>Whether the letter asks for what was approved.</summary>
    static bool IsAsApproved(RunRecord run, HeldOrder order) =>
        CampaignFile.ReadKept(run.Definition, run.CampaignFile) is { } campaign
        && RunLetters.Fits(order, campaign, run.ToKey());
}
