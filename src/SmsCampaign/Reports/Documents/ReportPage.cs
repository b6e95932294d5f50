using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports.Documents;

/// <summary>
/// bao-cao.html: the report as one page that needs nothing beside it, prints well and can be read aloud: totals, the
/// day's curve, carriers, areas, failures, and every table that the CSV files have but for the rows a message.
/// </summary>
sealed class ReportPage(ReportModel model)
{
    public const string Name = "bao-cao.html";

    const string Style = """
        :root { color-scheme: light; }
        body { font: 16px/1.5 Arial, "Helvetica Neue", sans-serif; color: #1a1c1e; background: #fff;
          max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: .5rem 0; }
        h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; border-bottom: 2px solid #1f5fa8; padding-bottom: .2rem; }
        .dau { border: 3px solid #b3261e; color: #8c1d18; font-weight: bold; padding: .5rem .8rem; margin: .6rem 0; }
        .so-lieu { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .7rem;
          margin: 1rem 0; }
        .so-lieu div { border: 1px solid #d5d9de; border-radius: .4rem; padding: .6rem .8rem; break-inside: avoid; }
        .so-lieu dt { font-size: .9rem; color: #44484d; }
        .so-lieu dd { margin: 0; font-size: 1.35rem; font-weight: bold; font-variant-numeric: tabular-nums; }
        .so-lieu dd small { display: block; font-size: .85rem; font-weight: normal; color: #44484d; }
        blockquote { margin: .5rem 0; padding: .6rem .9rem; border: 1px solid #6b7075; white-space: pre-wrap; }
        code { overflow-wrap: anywhere; font-size: .9rem; }
        .bang { overflow-x: auto; margin: .8rem 0 1.2rem; }
        table { border-collapse: collapse; font-size: .88rem; }
        caption { text-align: left; font-weight: bold; padding: .2rem 0 .4rem; }
        th, td { border: 1px solid #9aa5b1; padding: .25rem .5rem; text-align: left; vertical-align: top;
          overflow-wrap: break-word; min-width: 2.5rem; max-width: 24rem; }
        thead th { background: #e8eef5; }
        tbody th { font-weight: normal; }
        .so, .gio { white-space: nowrap; font-variant-numeric: tabular-nums; }
        .so { text-align: right; }
        .tong td, .tong th { font-weight: bold; background: #f3f5f7; }
        figure { margin: 1rem 0; }
        figure svg { width: 100%; height: auto; }
        figcaption { font-size: .9rem; color: #44484d; }
        @page { size: A4; margin: 15mm 12mm; }
        @media print {
          body { max-width: none; padding: 0; font-size: 10.5pt; }
          .bang { overflow: visible; }
          table { font-size: 7.5pt; }
          th, td { overflow-wrap: anywhere; }
          .so, .gio { white-space: normal; }
          thead { display: table-header-group; }
          tr, figure { break-inside: avoid; }
          h2, caption { break-after: avoid; }
        }
        """;

    readonly HtmlWriter _page = new(model.Language);
    readonly LocalTimes _times = new(model.Tables.Run.Zone);

    public byte[] ToBytes()
    {
        WriteHead();
        WriteTotals();
        WriteText();
        WriteCurve();
        WriteCarriers();
        WriteAreas();
        WriteOthers();
        WriteRecords();
        _page.Raw("</main></body></html>");
        return _page.ToBytes();
    }

    void WriteHead()
    {
        var run = model.Tables.Run;
        var title = run.Title.Length > 0 ? run.Title : run.Campaign;
        var what = new Wording("Báo cáo kết quả nhắn tin", "Report on the texting");
        _page.Raw($"<!DOCTYPE html>\n<html lang=\"{(model.Language == Language.Vietnamese ? "vi" : "en")}\"><head>");
        _page.Raw("<meta charset=\"utf-8\">");
        _page.Raw("<meta http-equiv=\"Content-Security-Policy\" "
            + "content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        _page.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        _page.Element("title", $"{In(what)}: {title}");
        _page.Raw($"<style>\n{Style}\n</style></head><body>");
        _page.Raw("<header>");
        _page.Element("h1", $"{In(what)}: {title}");
        _page.Paragraph(new(
            $"{run.Campaign}, ngày {Figures.Date(run.Date)}. Tên định danh: {run.Sender}. "
                + $"Khung giờ {run.Window}, {_times.Name(model.Tables.Begin)}.",
            $"{run.Campaign}, {Figures.Date(run.Date)}. Sender: {run.Sender}. "
                + $"Window {run.Window}, {_times.Name(model.Tables.Begin)}."));
        foreach (var mark in model.Marks)
            _page.Raw($"<p class=\"dau\" role=\"note\">{HtmlWriter.Escape(In(mark))}</p>");
        _page.Raw("</header><main>");
    }

    void WriteTotals()
    {
        var sum = model.Tallies.Sum();
        var balance = model.Result.Balance;
        var totals = model.Result.Totals;
        _page.Heading(new("Kết quả chung", "Totals"));
        _page.Raw("<dl class=\"so-lieu\">");
        Figure(SummaryFile.Audience, balance.Audience);
        Figure(
            ReportWords.Excluded.Heading(), balance.Terms.Where(term => term.Status is null).Sum(term => term.Count));
        Figure(TallyCells.Recipients, sum.Messages);
        Figure(SummaryFile.Succeeded, sum.Confirmed, TallyCells.MeaningOf(sum));
        Figure(ReportWords.Of(MessageStatus.Failed).Heading(), sum[MessageStatus.Failed]);
        Figure(ReportWords.Of(MessageStatus.Uncertain).Heading(), sum[MessageStatus.Uncertain], new(
            "không biết nhà mạng có nhận hay không", "the carrier may or may not have them"));
        Figure(new("Chờ biên nhận", "Receipt awaited"), sum.Awaited);
        Figure(new("Chưa gửi", "Not sent"), sum.Unsent);
        Figure(TallyCells.PartsHandedOver, totals.PartsHandedOver, new(
            "bản tin quy đổi, khác số thuê bao", "parts, not subscribers"));
        Figure(TallyCells.Cost, totals.CostVnd);
        Text(SummaryFile.FirstHanded, totals.FirstHandedMicros is { } first ? _times.Text(first) : "—");
        Text(SummaryFile.LastHanded, totals.LastHandedMicros is { } last ? _times.Text(last) : "—");
        _page.Raw("</dl>");
        var terms = string.Join(" + ", balance.Terms.Select(term =>
            $"{term.NameIn(model.Language)} {In(Figures.Count(term.Count))}"));
        var (audience, difference) = (Figures.Count(balance.Audience), Figures.Count(balance.Difference));
        var found = balance.Wrong is { } wrong
            ? new Wording($" Đếm từng dòng: {wrong}.", $" Its rows, counted: {wrong}.")
            : new Wording("", "");
        _page.Paragraph(balance.Holds
            ? new($"Cân đối đúng: {audience} = {terms}.", $"Balances: {audience} = {terms}.")
            : new(
                $"Cân đối SAI, chênh lệch {difference}: {audience}; {terms}.{found}",
                $"Does NOT balance, difference {difference}: {audience}; {terms}.{found}"));

        void Figure(Wording name, decimal number, Wording? note = null) =>
            Text(name, In(Figures.Number(number)), note);

        void Text(Wording name, string value, Wording? note = null)
        {
            var small = note is { } words && In(words).Length > 0
                ? $"<small>{HtmlWriter.Escape(In(words))}</small>"
                : "";
            _page.Raw($"<div><dt>{HtmlWriter.Escape(In(name))}</dt><dd>{HtmlWriter.Escape(value)}{small}</dd></div>");
        }
    }

    void WriteText()
    {
        _page.Heading(new("Nội dung và phê duyệt", "Text and approval"));
        foreach (var (name, text) in model.Tables.Run.Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
        {
            _page.Element("p", new Wording($"Nội dung đã gửi ({name}):", $"Text sent ({name}):"));
            _page.Raw($"<blockquote>{HtmlWriter.Escape(text)}</blockquote>");
            _page.Raw($"<p>SHA-256 (UTF-8): <code>"
                + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}</code></p>");
        }

        _page.Paragraph(model.Options.Approval is { } approval
            ? new(
                $"Người phê duyệt: {approval.ApprovedBy}, lúc "
                    + $"{_times.Text(ProcessClock.ToMicros(approval.ApprovedAt))}, văn bản {approval.Document ?? "—"}.",
                $"Approved by {approval.ApprovedBy} at {_times.Text(ProcessClock.ToMicros(approval.ApprovedAt))}, "
                    + $"document {approval.Document ?? "—"}.")
            : model.Tables.Run.Simulated
                ? new("Lượt mô phỏng, không cần phê duyệt.", "Simulated: no approval is needed.")
                : new("Không có phê duyệt nào đang có hiệu lực.", "No approval stands."));
        if (model.Options.AuditHead is { } head)
        {
            _page.Paragraph(new(
                $"Đầu chuỗi kiểm toán khi ghi báo cáo: {head}.",
                $"Head of the audit chain when the report was written: {head}."));
        }
    }

    void WriteCurve()
    {
        _page.Heading(new("Nhịp gửi trong ngày", "The day's curve"));
        if (model.Curve.Steps is not { Count: > 0 } steps)
        {
            _page.Paragraph(new("Chưa có tin nào được chuyển.", "No message was handed over."));
            return;
        }

        var local = steps.Select(step => (_times.Local(step.From), step.Count.Messages)).ToList();
        var (step, most) = (
            Figures.Counted(model.Curve.StepSeconds / 60, "minute"), local.MaxBy(each => each.Messages));
        var contract = model.ContractRate is { } rate
            ? new Wording(
                $"hợp đồng {Rate(rate)} tin/giây", $"allowed by the contracts, in messages/s: {Rate(rate)}")
            : new Wording("hợp đồng không tính được thành tin/giây", "the contracts cannot be told in messages/s");
        var count = Figures.Counted(most.Messages, "message");
        var at = most.Item1.ToString("HH:mm", CultureInfo.InvariantCulture);
        var window = model.Tables.Run.Window;
        var later = model.Options.Decisions.Any(decision => decision.What == DecisionKind.Extended)
            ? new Wording(
                " Có ngày được kéo dài khung giờ, xem các quyết định.", " A day closed later, see the decisions.")
            : new Wording("", "");
        var words = new Wording(
            $"Tin chuyển sang cổng nhắn tin, bình quân mỗi {step} phút, mỗi tin tính ở lần chuyển cuối. Nhiều nhất từ "
                + $"{at}: {count} tin trong {step} phút; {contract}. Nền xanh là khung giờ {window}.{later}",
            $"Messages handed to gateways, on the average of {step}, each at its last hand-over. Most from "
                + $"{at}: {count} in {step}; {contract}. The window {window} is shaded.{later}");
        _page.Figure(
            ReportCharts.Curve(
                local,
                model.Curve.StepSeconds,
                model.ContractRate,
                Windows(local[0].Item1, local[^1].Item1),
                new("Nhịp gửi trong ngày", "The day's curve"),
                words,
                model.Language),
            words);
        _page.Table(model.Hours, new("Tin đã chuyển theo giờ", "Messages handed over by hour"), 1);
        _page.Raw("<details><summary>"
            + HtmlWriter.Escape(In(new("Số liệu của biểu đồ", "The figures of the chart"))) + "</summary>");
        _page.Table(model.Steps, new(
            $"Tin đã chuyển mỗi {step} phút", $"Messages handed over every {step}"), 1);
        _page.Raw("</details>");
    }

    void WriteCarriers()
    {
        _page.Heading(new("Theo nhà mạng", "By carrier"));
        _page.Table(model.Carriers, new(
            "Kết quả theo nhà mạng và kênh gửi (thuê bao)", "Results by carrier and lane (subscribers)"), 0);
        _page.Element("h3", new Wording("“Thành công” nghĩa là gì", "What success means"));
        _page.Raw("<ul>");
        foreach (var lane in model.Tables.Lanes.Skip(1))
        {
            _page.Element("li", new Wording(
                $"{lane.Name}: {ReportWords.Of(lane.Trust)}. {ReportWords.Explain(lane.Trust)}",
                $"{lane.Name}: {ReportWords.Of(lane.Trust)}. {ReportWords.Explain(lane.Trust)}"));
        }

        _page.Raw("</ul>");
        _page.Paragraph(ReferenceWords.Qcvn);
        _page.Table(model.Lanes, new(
            "Đủ mọi trạng thái, bản tin quy đổi, giờ chuyển", "All states, parts, and when handed over"), 1);
        if (model.Unproved is { } why)
            _page.Paragraph(new($"Không kiểm chứng được tốc độ: {why}", $"The rates could not be proved: {why}"));
        if (model.Rates is not { } rates)
            return;

        _page.Element("h3", new Wording("Tốc độ so với hợp đồng", "Rates and contracts"));
        if (model.Proof is { Lanes.Count: > 0 } proof)
            _page.Paragraph(ProofWords.Of(proof));
        _page.Paragraph(ReferenceWords.OwnRates);
        _page.Table(rates, new("Tốc độ cao nhất của từng kênh", "The largest rates of each lane"), 0);
    }

    void WriteAreas()
    {
        _page.Heading(new("Theo địa bàn", "By area"));
        var areas = model.AreasByCarrier;
        var (all, confirmed) = (
            areas.Column(In(BreakdownFiles.TotalHeadings.First())),
            areas.Column(In(BreakdownFiles.TotalHeadings.Last())));
        var rows = areas.Rows
            .Where((_, at) => !areas.IsTotal(at))
            .Select(row => (
                Name: row[1].In(model.Language),
                All: (long)(row[all!.Value].Number ?? 0),
                Confirmed: (long)(row[confirmed!.Value].Number ?? 0)))
            .OrderByDescending(row => row.All)
            .ToList();
        if (rows.Count > 0)
        {
            var (count, first) = (Figures.Counted(rows.Count, "area"), Figures.Count(rows[0].All));
            var words = new Wording(
                $"{count} địa bàn, nhiều thuê bao nhận tin nhất ở trên: {rows[0].Name} {first}. Phần đậm là số thành "
                    + $"công. Số liệu ở bảng dưới.",
                $"{count}, the one with most recipients on top: {rows[0].Name} {first}. The dark part succeeded. The "
                    + $"table below has the figures.");
            _page.Figure(
                ReportCharts.Bars(
                    rows,
                    ReportCharts.AreasId,
                    new("Thuê bao nhận tin và thành công theo địa bàn", "Recipients and successes by area"),
                    words,
                    model.Language),
                words);
        }

        _page.Table(model.AreasByCarrier, new(
            "Thuê bao nhận tin và thành công theo địa bàn, nhà mạng",
            "Recipients and successes by area and carrier"), 1);
        _page.Table(model.Areas, new("Đủ mọi trạng thái theo địa bàn", "All states by area"), 1);
    }

    void WriteOthers()
    {
        _page.Heading(new("Theo nhóm nhận tin", "By segment"));
        _page.Table(model.Segments, new("Kết quả theo nhóm nhận tin", "Results by segment"), 1);
        _page.Heading(new("Thất bại và chưa rõ", "Failures and what is not known"));
        _page.Table(model.Failures, new(
            "Nguyên nhân thất bại và tin chưa rõ kết quả", "Why messages failed, and those that are uncertain"), 1);
        _page.Heading(new("Loại trừ", "Excluded"));
        _page.Table(model.Exclusions, new("Số dòng loại trừ theo lý do", "Rows excluded by reason"), 1);
        if (model.Holders is not { } holders)
            return;

        _page.Heading(new("Nhà mạng tự nhắn", "Carriers that text their own subscribers"));
        _page.Paragraph(ReferenceWords.ByCarriers);
        _page.Table(holders, new("Theo báo cáo của nhà mạng", "As the carriers report"), 0);
        _page.Table(model.HolderAreas!, new(
            "Theo báo cáo của nhà mạng, từng địa bàn", "As the carriers report, by area"), 2);
    }

    void WriteRecords()
    {
        _page.Heading(new("Các quyết định", "Decisions"));
        _page.Table(model.Decisions, new(
            "Lịch và người phụ trách đã quyết định", "What the schedule and persons decided"), 1);
        _page.Heading(new("Toàn bộ bảng tổng hợp", "The whole summary"));
        _page.Table(model.Summary, new("Như tong-hop.csv", "As tong-hop.csv"), 0);
    }

    /// <summary>The hours of the window on each day of the curve; none where the ledger does not say them.</summary>
    List<(DateTime From, DateTime To)> Windows(DateTime first, DateTime last)
    {
        if (model.Tables.Run.Window.Split('-') is not [var from, var to]
            || !TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var opens)
            || !TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var closes))
            return [];

        return [.. Enumerable.Range(0, (last.Date - first.Date).Days + 1)
            .Select(day => DateOnly.FromDateTime(first).AddDays(day))
            .Select(day => (day.ToDateTime(opens), day.ToDateTime(closes)))];
    }

    string Rate(double rate) => In(Figures.Number(decimal.Round((decimal)rate, 1)));

    string In(Wording words) => words.In(model.Language);
}
