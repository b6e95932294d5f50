using DocumentFormat.OpenXml.Packaging;
using SmsCampaign.Letters;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Letters;
using SmsCampaign.Tests.Orders;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>The letters to carriers, and what becomes of them, without a terminal.</summary>
public sealed class OrderDeskTests : IDisposable
{
    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public void Each_carrier_gets_a_letter_an_order_and_a_form_that_say_the_same()
    {
        var written = Assert.IsType<OrderWriting.Written>(_held.Write());

        Assert.Equal(6, written.Files.Count);
        Assert.False(written.IsApproved);
        var order = WorkOrder.TryParse(File.ReadAllText(
            written.Files.Single(file => file.EndsWith("lenh-thue-bao-viettel.json", StringComparison.Ordinal))))!;
        Assert.Equal("thu-nghiem-2025-07-30-thue-bao-viettel", order.OrderId);
        Assert.Equal(["tỉnh Đắk Lắk", "tỉnh Lâm Đồng"], order.Audience.Areas);
        Assert.Equal(["prepaid"], order.Audience.Classes);
        Assert.Equal(("serving", 1000L), (order.Audience.Criterion, order.Audience.Estimate));
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)), order.Window.Start);
        Assert.Equal(new DateTimeOffset(2025, 7, 20, 17, 0, 0, TimeSpan.FromHours(7)), order.AcknowledgeBy);
        Assert.Equal(OrderMessage.HashOf("Toàn dân phòng, chống mua bán người"), order.Message.Sha256);

        var text = TextOf(written.Files.Single(
            file => file.EndsWith("cong-van-thue-bao-viettel.docx", StringComparison.Ordinal)));
        foreach (var piece in new[]
        {
            "Toàn dân phòng, chống mua bán người", order.Message.Sha256, "CHINH PHU", "từ 08:00 đến 20:00",
            "ước 1.000 thuê bao", "trạm phục vụ", "trả trước", "thuê bao đã từ chối", order.OrderId,
            "17:00 ngày 20/7/2025", "17:00 ngày 8/8/2025", "Tập đoàn Công nghiệp - Viễn thông Quân đội",
        })
            Assert.Contains(piece, text);
    }

    [Fact]
    public void Written_again_without_a_change_it_stays_the_same_revision_to_the_byte()
    {
        var first = Assert.IsType<OrderWriting.Written>(_held.Write());
        var bytes = first.Files.Select(File.ReadAllBytes).ToList();
        _held.Time.Advance(TimeSpan.FromDays(1));

        var second = Assert.IsType<OrderWriting.Written>(_held.Write());

        Assert.All(second.Orders, order => Assert.True(order is { IsSame: true, Order.Revision: 1 }));
        Assert.Equal(bytes, second.Files.Select(File.ReadAllBytes));
        Assert.Equal(2, _held.Registry.WorkOrders.Read().Count);
    }

    [Fact]
    public void A_change_makes_a_revision_that_says_what_it_replaces_and_the_letter_says_so()
    {
        _held.Write();
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");

        var written = Assert.IsType<OrderWriting.Written>(_held.Write());

        var order = _held.Read("thue-bao-viettel").Order;
        Assert.Equal((2, "thu-nghiem-2025-07-30-thue-bao-viettel/1"), (order.Revision, order.Replaces));
        Assert.Equal(1, _held.Read("thue-bao-vnpt").Order.Revision);
        Assert.Contains("thay công văn trước", TextOf(written.Files[0]));
    }

    [Fact]
    public void Nothing_is_recorded_as_sent_that_nobody_has_approved()
    {
        _held.Write();

        Assert.IsType<OrderFinding.NotApproved>(Refused(_held.Record(OrderStepKind.Sent)));
        Assert.Equal(OrderState.Written, _held.Read("thue-bao-viettel").State);
    }

    [Fact]
    public void Nothing_is_recorded_as_sent_that_asks_for_something_else_than_was_approved()
    {
        _held.Write();
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        _held.Approve();

        Assert.IsType<OrderFinding.OtherThanApproved>(Refused(_held.Record(OrderStepKind.Sent)));

        _held.Write();
        Assert.IsType<OrderRecording.Recorded>(_held.Record(OrderStepKind.Sent));
    }

    [Fact]
    public void What_the_carrier_answers_is_kept_with_who_recorded_it()
    {
        _held.Agree(rate: 300);

        var order = _held.Read("thue-bao-viettel");
        Assert.Equal(OrderState.Acknowledged, order.State);
        Assert.Equal(["Sent", "Acknowledged"], order.Kept.Steps.Select(step => $"{step.Kind}"));
        Assert.All(
            order.Kept.Steps,
            step => Assert.Equal(("Trần Thị B", "binh@may-chu"), (step.RecordedBy, step.ByOs)));
        Assert.Equal(300, order.Kept.Steps[1].Rate);
        Assert.Equal(OrderState.Written, _held.Read("thue-bao-vnpt").State);
        Assert.Empty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void An_answer_to_a_letter_that_has_not_left_is_refused()
    {
        _held.Approve();
        _held.Write();

        Assert.IsType<OrderFinding.NotSent>(Refused(_held.Record(OrderStepKind.Acknowledged)));
    }

    [Fact]
    public void A_letter_leaves_once_and_a_new_revision_leaves_by_itself()
    {
        _held.Agree();
        Assert.IsType<OrderFinding.SentAlready>(Refused(_held.Record(OrderStepKind.Sent)));

        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        _held.Approve("đổi ước tính");
        _held.Write();

        var order = _held.Read("thue-bao-viettel");
        Assert.Equal((OrderState.Acknowledged, OrderState.Written), (order.State, order.Newer!.State));
        Assert.NotNull(order.Misfit); // the carrier has the old one
        Assert.IsType<OrderRecording.Recorded>(_held.Record(OrderStepKind.Sent));
        Assert.Equal((2, null), (_held.Read("thue-bao-viettel").Order.Revision, _held.Read("thue-bao-viettel").Misfit));
    }

    [Fact]
    public void All_that_is_missing_is_told_at_once()
    {
        _held.Write();

        var refused = Assert.IsType<OrderRecording.Refused>(_held.Orders.Record(
            HeldFolder.Officer with { Person = "" },
            HeldFolder.Key,
            new OrderNews(OrderStepKind.Sent, "vietel", null, new DateOnly(2025, 7, 11))));

        Assert.Equal(
            ["InFuture", "NoDocument", "NoName", "NoOrder"],
            refused.Findings.Select(finding => finding.GetType().Name).Order());
    }

    [Fact]
    public void A_refusal_says_why()
    {
        _held.Approve();
        _held.Write();
        _held.Record(OrderStepKind.Sent);

        Assert.IsType<OrderFinding.NoWhy>(Refused(_held.Record(OrderStepKind.Refused)));
        Assert.IsType<OrderRecording.Recorded>(_held.Record(OrderStepKind.Refused, note: "hết tải, gọi 0912345678"));
        var order = _held.Read("thue-bao-viettel");
        Assert.Equal(OrderState.Refused, order.State);
        Assert.DoesNotContain("0912345678", order.Kept.Steps[^1].Note);
    }

    [Theory]
    [InlineData("update work_order set content = replace(content, 'CHINH PHU', 'CHINH PHO')")]
    [InlineData("""
        insert into work_order (run, segment, holder, revision, content, made_by, by_os, at)
        select run, segment, holder, 7, replace(content, '"revision": 1', '"revision": 7'), made_by, by_os, at
        from   work_order
        """)]
    public void What_was_written_past_the_program_does_not_count_and_is_named(string forgery)
    {
        _held.Agree();
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute(forgery);

        var unreadable = new List<Wording>();
        var orders = _held.Orders.Read(HeldFolder.Key, unreadable);

        Assert.Equal(2, unreadable.Count);
        Assert.All(orders, order => Assert.Equal((1, "CHINH PHU"), (order.Order.Revision, order.Order.Sender.Name)));
        Assert.NotEmpty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    /// <summary>What it took the place of would stand again.</summary>
    [Fact]
    public void A_refusal_that_was_changed_past_the_program_is_no_agreement()
    {
        _held.Agree();
        _held.Record(OrderStepKind.Refused, note: "hết tải");
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update order_step set note = 'x' where kind = 'refused'");

        var unreadable = new List<Wording>();
        var order = _held.Orders.Read(HeldFolder.Key, unreadable)
            .Single(each => each.Kept.Segment == "thue-bao-viettel");

        Assert.Equal(OrderState.Unknown, order.State);
        Assert.Single(unreadable);
        Assert.Single(Assert.IsType<OrderRecording.Refused>(_held.Record(OrderStepKind.Acknowledged)).Findings
            .OfType<OrderFinding.IsDoubtful>());
    }

    /// <summary>A newer program may have written it.</summary>
    [Fact]
    public void A_step_this_program_does_not_know_leaves_the_other_letters_readable()
    {
        _held.Agree();
        var at = _held.Read("thue-bao-viettel").Kept.At;
        using (var db = SqliteDb.Open(_held.Data.Ledger))
        {
            db.Execute("""
                insert into order_step (work_order, kind, on_day, recorded_by, by_os, at)
                select id, 'postponed', '2025-07-12', 'Ai đó', 'x@y', at from work_order
                where  segment = 'thue-bao-viettel'
                """);
            ((AuditLog)_held.Registry.Audit).AppendRecord(
                db, AuditKinds.OrderStep, db.LastRowId, at);
        }

        var unreadable = new List<Wording>();
        var orders = _held.Orders.Read(HeldFolder.Key, unreadable);

        Assert.Equal(
            [OrderState.Unknown],
            orders.Where(order => order.Kept.Segment == "thue-bao-viettel").Select(order => order.State));
        Assert.All(
            orders.Where(order => order.Kept.Segment != "thue-bao-viettel"),
            order => Assert.NotEqual(OrderState.Unknown, order.State));
        Assert.True(orders.Count > 1);
        Assert.Contains(
            unreadable, why => why.In(Language.Vietnamese).Contains("order_step", StringComparison.Ordinal));
    }

    /// <summary>The latest date counts: it would be taken, and change nothing.</summary>
    [Theory]
    [InlineData(OrderStepKind.Acknowledged)]
    [InlineData(OrderStepKind.Withdrawn)]
    public void What_is_dated_before_the_last_step_is_refused(OrderStepKind kind)
    {
        _held.Agree();
        _held.Time.Advance(TimeSpan.FromDays(2));
        _held.Record(OrderStepKind.Refused, note: "hết tải");

        var early = Assert.IsType<OrderFinding.TooEarly>(Refused(RecordOn(kind, new DateOnly(2025, 7, 11))));

        Assert.Equal(
            (new DateOnly(2025, 7, 12), OrderStepKind.Refused), (early.Least, early.Before!.Kind));
        Assert.Equal(OrderState.Refused, _held.Read("thue-bao-viettel").State);
        Assert.IsType<OrderRecording.Recorded>(RecordOn(kind, new DateOnly(2025, 7, 12)));
        Assert.NotEqual(OrderState.Refused, _held.Read("thue-bao-viettel").State);
    }

    [Fact]
    public void A_letter_does_not_leave_before_it_was_written()
    {
        _held.Approve();
        _held.Write();

        var early = Assert.IsType<OrderFinding.TooEarly>(
            Refused(RecordOn(OrderStepKind.Sent, new DateOnly(2025, 7, 9))));

        Assert.Equal((new DateOnly(2025, 7, 10), null), (early.Least, early.Before));
        Assert.IsType<OrderRecording.Recorded>(RecordOn(OrderStepKind.Sent, new DateOnly(2025, 7, 10)));
    }

    [Theory]
    [InlineData(OrderStepKind.Refused)]
    [InlineData(OrderStepKind.Withdrawn)]
    public void Who_has_reported_what_it_sent_neither_refuses_nor_is_told_not_to(OrderStepKind kind)
    {
        _held.Agree();
        _held.PassTheDay();
        Assert.IsType<ResultImport.Taken>(_held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,600,550\n"));

        Assert.IsType<OrderFinding.ReportedAlready>(Refused(_held.Record(kind, note: "x")));
        Assert.Equal(OrderState.Acknowledged, _held.Read("thue-bao-viettel").State);
    }

    OrderRecording RecordOn(OrderStepKind kind, DateOnly day) => _held.Orders.Record(
        HeldFolder.Officer,
        HeldFolder.Key,
        new OrderNews(kind, "viettel", null, day) { Document = "12/SKHCN-BCVT", Note = "x" });

    [Theory]
    [InlineData("người\nschedule", "người!\nschedule")]
    [InlineData("estimate: 1000", "estimate: 1200")]
    public void A_letter_that_a_carrier_has_is_held_to_what_stands_now(string before, string after)
    {
        _held.Agree();
        Assert.Null(_held.Read("thue-bao-viettel").Misfit);

        _held.Edit("campaign.yaml", before, after);
        _held.Approve("đổi nội dung");

        Assert.NotNull(_held.Read("thue-bao-viettel").Misfit);
    }

    [Fact]
    public void A_letter_of_which_the_approval_was_withdrawn_does_not_fit_until_the_carrier_is_told()
    {
        _held.Agree();
        var approval = _held.Registry.FindApproval(HeldFolder.Key.Campaign, HeldFolder.Key.Date)!;
        _held.Registry.VoidApproval(approval.Id, new Wording("thu hồi", "withdrawn"), _held.Time.GetUtcNow());
        Assert.NotNull(_held.Read("thue-bao-viettel").Misfit);

        Assert.IsType<OrderFinding.NoWhy>(Refused(_held.Record(OrderStepKind.Withdrawn)));
        Assert.IsType<OrderRecording.Recorded>(_held.Record(OrderStepKind.Withdrawn, note: "hoãn"));

        var order = _held.Read("thue-bao-viettel");
        Assert.Equal((OrderState.Withdrawn, null), (order.State, order.Misfit));
    }

    /// <summary>Both would text the same people.</summary>
    [Fact]
    public void What_a_carrier_was_asked_to_text_is_not_approved_to_be_sent_by_us()
    {
        _held.Agree();
        _held.Edit("campaign.yaml", HeldFolder.Viettel, """
              - { name: thue-bao-viettel, file: subscribers.csv, message: chung }

            """);

        var refused = Assert.IsType<ApprovalResult.Refused>(_held.TryApprove("tự gửi"));

        Assert.Equal("viettel", refused.Findings.OfType<ApprovalFinding.LetterOut>().Single().Letter.Kept.Holder);
        Assert.NotNull(_held.Read("thue-bao-viettel").Misfit);
        _held.Record(OrderStepKind.Withdrawn, note: "Sở tự gửi");
        _held.Approve("tự gửi");
    }

    [Fact]
    public void Without_the_chains_key_nothing_is_written()
    {
        _held.Agree();
        File.Move(_held.Data.AuditKey, _held.Data.AuditKey + ".moved");

        Assert.IsType<OrderWriting.Refused>(_held.Write());
        Assert.Contains(
            Assert.IsType<OrderRecording.Refused>(_held.Record(OrderStepKind.Acknowledged)).Findings,
            finding => finding is OrderFinding.NoKey);
    }

    [Fact]
    public void Where_a_row_was_changed_the_next_letter_is_a_revision_of_its_own()
    {
        _held.Approve();
        _held.Write();
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update work_order set made_by = 'x'");

        var written = Assert.IsType<OrderWriting.Written>(_held.Write());

        Assert.All(written.Orders, order => Assert.Equal(2, order.Order.Revision));
        Assert.Equal(2, written.Unreadable.Count);
    }

    [Fact]
    public void A_step_that_was_written_past_the_program_does_not_count()
    {
        _held.Approve();
        _held.Write();
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("""
                insert into order_step (work_order, kind, on_day, recorded_by, by_os, at)
                select id, 'acknowledged', '2025-07-12', 'Ai đó', 'x@y', at from work_order
                """);

        var unreadable = new List<Wording>();
        Assert.All(
            _held.Orders.Read(HeldFolder.Key, unreadable), order => Assert.Equal(OrderState.Unknown, order.State));
        Assert.Equal(2, unreadable.Count);
        Assert.NotEmpty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void Where_no_carrier_holds_a_segment_there_is_no_letter_to_write()
    {
        using var own = new SmsCampaign.Tests.Planning.PreparationFolder();

        var refused = Assert.IsType<OrderWriting.Refused>(
            new OrderDesk(own.Data, own.Time).Write(HeldFolder.Officer, own.Request(), null));

        Assert.Contains("heldBy", refused.Problems[^1].In(Language.Vietnamese));
        Assert.False(Directory.Exists(Path.Combine(own.Data.Root, "orders")));
    }

    [Fact]
    public void Where_the_folder_cannot_be_written_it_is_said_and_nothing_is_recorded()
    {
        var file = Path.Combine(_held.Data.Root, "tep");
        Directory.CreateDirectory(_held.Data.Root);
        File.WriteAllText(file, "x");

        var unwritable = Assert.IsType<OrderWriting.Unwritable>(
            _held.Orders.Write(HeldFolder.Officer, _held.Files.Request(), Path.Combine(file, "trong")));

        Assert.Contains("tep", unwritable.Folder);
        Assert.Empty(_held.Registry.WorkOrders.Read());
        Assert.IsType<OrderWriting.Written>(_held.Write());
        Assert.All(_held.Read(), order => Assert.Equal(1, order.Order.Revision));
    }

    /// <summary>Another process writes while this one makes the files.</summary>
    [Fact]
    public void Where_one_segment_is_busy_none_is_recorded_and_no_file_is_written()
    {
        _held.Write();
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        _held.Edit("campaign.yaml", "estimate: 500", "estimate: 600");
        var folder = _held.Data.Orders(HeldFolder.Key, yearly: false);
        var before = Directory.GetFiles(folder).Order().Select(File.ReadAllBytes).ToList();
        using var office = new TempFolder();
        var result = _held.Orders.Write(
            HeldFolder.Officer,
            _held.Files.Request(),
            null,
            new OfficePrinter(OfficePrinterTests.Office(office, OfficePrinterTests.Writes)),
            ready: () => Assert.Null(_held.Registry.WorkOrders.Add(
            [
                .. _held.Registry.WorkOrders.Read()
                    .Where(row => row.Segment == "thue-bao-vnpt")
                    .Select(row => row with { Revision = 2 }),
            ])));

        Assert.Equal("thue-bao-vnpt", Assert.IsType<OrderWriting.Busy>(result).Segment);
        Assert.DoesNotContain(
            _held.Registry.WorkOrders.Read(), row => row is { Segment: "thue-bao-viettel", Revision: 2 });
        Assert.Equal(before, Directory.GetFiles(folder).Order().Select(File.ReadAllBytes));
        Assert.Empty(Directory.GetDirectories(Path.GetDirectoryName(folder)!, "*unfinished*"));
    }

    [Fact]
    public void Each_letter_has_a_pdf_that_is_of_it_or_none()
    {
        using var folder = new TempFolder();
        var office = OfficePrinterTests.Office(
            folder, $"echo x >> {folder.File("calls")}\n{OfficePrinterTests.Writes}");

        var written = Write(office);

        var pdfs = written.Files.Where(file => file.EndsWith(".pdf", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["cong-van-thue-bao-viettel.pdf", "cong-van-thue-bao-vnpt.pdf"], pdfs.Select(Path.GetFileName));
        Assert.Equal((8, null), (written.Files.Count, written.NoPdf));
        Assert.All(written.Files, file => Assert.True(File.Exists(file), file));

        // The same letters have theirs already.
        Assert.Equal(8, Write(office).Files.Count);
        Assert.Single(File.ReadAllLines(folder.File("calls")));

        // One that says something else has none by the one before.
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        var without = Write(folder.File("khong-co"));
        Assert.NotNull(without.NoPdf);
        Assert.Equal(["cong-van-thue-bao-vnpt.pdf"], without.Files
            .Where(file => file.EndsWith(".pdf", StringComparison.Ordinal)).Select(Path.GetFileName));
        Assert.False(File.Exists(pdfs[0]));
    }

    OrderWriting.Written Write(string office) => Assert.IsType<OrderWriting.Written>(_held.Orders.Write(
        HeldFolder.Officer, _held.Files.Request(), null, new OfficePrinter(office)));

    static OrderFinding Refused(OrderRecording recording) =>
        Assert.Single(Assert.IsType<OrderRecording.Refused>(recording).Findings);

    static string TextOf(string file)
    {
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        return document.MainDocumentPart!.Document!.InnerText;
    }
}
