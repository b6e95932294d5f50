using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Letters;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;

namespace SmsCampaign.Reports.Documents;

/// <summary>
/// bao-cao.docx: the report to whoever ordered the texting, laid out as Nghị định 30/2020/NĐ-CP says. Vietnamese
/// whatever language the program speaks. What the ledger does not know is left open for a person, with dots.
/// </summary>
sealed class ReportLetter
{
    public const string Name = "bao-cao.docx";

    /// <summary>Half points: of tables.</summary>
    const int Small = 22;

    const string Open = "…………";

    static readonly string Line = string.Concat(Enumerable.Repeat(Open, 7));

    readonly ReportModel _model;
    readonly OfficialLetter _letter;
    readonly LocalTimes _times;

    ReportLetter(ReportModel model, OfficialLetter letter)
    {
        (_model, _letter) = (model, letter);
        _times = new LocalTimes(model.Tables.Run.Zone);
    }

    /// <param name="model">In Vietnamese.</param>
    /// <returns>A Word document: the same model gives the same bytes.</returns>
    public static byte[] Write(ReportModel model)
    {
        using var letter = new OfficialLetter(model.Tables.Run.Letters);
        new ReportLetter(model, letter).Write();
        return letter.ToBytes();
    }

    void Write()
    {
        var run = _model.Tables.Run;
        _letter.Head(_model.Tables.Run.Letters.ReportSymbol, null, run.Date.Year);
        _letter.Title("Báo cáo", $"Kết quả nhắn tin “{(run.Title.Length > 0 ? run.Title : run.Campaign)}”");
        foreach (var mark in _model.Marks)
            _letter.Mark(mark.Vi);
        _letter.AddressedTo(run.ReportTo.Length > 0 ? run.ReportTo : Open);
        _letter.Paragraph(
            $"Thực hiện {(run.Directive.Length > 0 ? run.Directive : Open)}, {_model.Tables.Run.Letters.Issuer} báo "
            + "cáo kết quả như sau:");
        WriteWork(run);
        WriteResults(run);
        WriteOpen();
        _letter.Paragraph($"{_model.Tables.Run.Letters.Issuer} kính báo cáo.", isLast: true);
        _letter.Sign();
        WriteAppendices();
    }

    void WriteWork(Storage.RunDescription run)
    {
        _letter.Heading("I. CÔNG TÁC TRIỂN KHAI");
        _letter.Paragraph($"1. Văn bản đã ban hành: {_model.Options.Approval?.Document ?? Open}; {Open}.");
        _letter.Paragraph("2. Nội dung đã gửi:");
        foreach (var text in run.Texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => text.Value))
        {
            _letter.Framed(text);
            _letter.Note($"SHA-256 (UTF-8): {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
        }

        _letter.Paragraph(
            $"Tên định danh: {run.Sender}; ngày {Day(run.Date)}, khung giờ "
            + $"{(run.Window.Length > 0 ? run.Window : Open)} "
            + $"({In(_times.Name(_model.Tables.Begin))}); mỗi thuê bao nhận một lần.");
        _letter.Paragraph(_model.Options.Approval is { } approval
            ? $"Người phê duyệt: {approval.ApprovedBy}, lúc {Moment(ProcessClock.ToMicros(approval.ApprovedAt))}."
            : run.Simulated
                ? "Người phê duyệt: lượt mô phỏng, không cần phê duyệt."
                : $"Người phê duyệt: {Open}");
    }

    void WriteResults(Storage.RunDescription run)
    {
        var (sum, balance, totals) = (_model.Tallies.Sum(), _model.Result.Balance, _model.Result.Totals);
        var excluded = balance.Terms.Where(term => term.Status is null).Sum(term => term.Count);
        _letter.Heading("II. KẾT QUẢ");
        _letter.Paragraph(
            $"1. Chung: {Count(balance.Audience)} thuê bao trong danh sách; loại trừ {Count(excluded)}; thuê bao nhận "
            + $"tin {Count(sum.Messages)}: chưa gửi {Count(sum.Unsent)}, đã gửi {Count(sum.Messages - sum.Unsent)}, "
            + $"trong đó thành công {Count(sum.Confirmed)}, không thành công {Count(sum[MessageStatus.Failed])}, "
            + $"chưa rõ {Count(sum[MessageStatus.Uncertain])}, chờ biên nhận {Count(sum.Awaited)}. "
            + (sum.Messages > 0 ? $"Tỷ lệ thành công trên thuê bao nhận tin: {In(TallyCells.MeaningOf(sum))}. " : "")
            + $"Bản tin quy đổi đã chuyển: {Count(totals.PartsHandedOver)}. Kinh phí tạm tính, chưa thuế: "
            + $"{In(Figures.Number(totals.CostVnd))} đồng.");
        if (totals is { FirstHandedMicros: { } first, LastHandedMicros: { } last })
            _letter.Paragraph($"Tin đầu tiên chuyển lúc {Moment(first)}, tin cuối cùng lúc {Moment(last)}.");

        if (sum.Messages == 0)
        {
            _letter.Paragraph("2. Đơn vị trực tiếp gửi: không có thuê bao nào.");
        }
        else
        {
            _letter.Paragraph("2. Đơn vị trực tiếp gửi, theo nhà mạng (thuê bao):");
            Table(_model.Carriers, [26, 18, 18, 16, 15, 16, 16, 35], [0, 2, 3, 4, 5, 6, 7, 9]);
        }

        WriteHolders();
        _letter.Paragraph("4. Theo địa bàn, nhóm nhận tin, giờ: Phụ lục kèm theo.");
        _letter.Paragraph("5. “Thành công” là mức xa nhất mà biên nhận của từng kênh xác nhận được:");
        foreach (var lane in _model.Tables.Lanes.Skip(1))
        {
            _letter.Paragraph(
                $"- {lane.Name}: {In(ReportWords.Of(lane.Trust))}. {In(ReportWords.Explain(lane.Trust))}");
        }

        _letter.Paragraph(ReferenceWords.Qcvn.Vi);
        if (_model.Proof is { Lanes.Count: > 0 } proof)
            _letter.Paragraph($"6. Tốc độ so với hợp đồng: {In(ProofWords.Of(proof))} {In(ReferenceWords.OwnRates)}");
        if (_model.Unproved is { } why)
            _letter.Paragraph($"6. Tốc độ so với hợp đồng: không kiểm chứng được. {In(why)}");
        if (_model.Options.AuditHead is { } head)
            _letter.Note($"Đầu chuỗi kiểm toán khi ghi báo cáo: {head}\nMã băm kế hoạch: {run.PlanHash}");
    }

    void WriteHolders()
    {
        if (_model.Holders is not { } holders)
        {
            _letter.Paragraph("3. Theo báo cáo của nhà mạng: không có nhà mạng nào được đề nghị tự nhắn.");
            return;
        }

        _letter.Paragraph($"3. Theo báo cáo của nhà mạng (thuê bao). {In(ReferenceWords.ByCarriers)}");
        Table(
            holders,
            [30, 30, 20, 20, 20, 20, 20],
            ["Nhà mạng", "Nhóm nhận tin", "Tình trạng", "Ước tính", "Đã gửi", "Thành công", "Không thành công"]);
        foreach (var why in _model.Options.Letters.Unreadable)
            _letter.Paragraph($"Không tính: {In(why)}");
    }

    /// <summary>What only people know; and what is not known of the figures.</summary>
    void WriteOpen()
    {
        var sum = _model.Tallies.Sum();
        _letter.Heading("III. KHÓ KHĂN, HẠN CHẾ");
        _letter.Paragraph(Line);
        _letter.Paragraph(Line);
        var unproved = new List<string>();
        if (sum[MessageStatus.Uncertain] is > 0 and var uncertain)
            unproved.Add($"{Count(uncertain)} tin chưa rõ nhà mạng có nhận hay không");
        if (sum.Awaited is > 0 and var awaited)
            unproved.Add($"{Count(awaited)} tin chưa có biên nhận cuối");
        if (_model.Result.PartsMissing is > 0 and var parts)
            unproved.Add($"{Count(parts)} tin còn thiếu biên nhận của một số phần");
        if (_model.Options.Missing.Count > 0)
            unproved.Add("có khoảng thời gian bị mất biên nhận (xem tong-hop.csv)");
        if (!_model.Result.Balance.Holds)
            unproved.Add("số liệu KHÔNG cân đối: không dùng báo cáo này");
        _letter.Paragraph(unproved.Count == 0
            ? "Số liệu chưa kiểm chứng: không có."
            : $"Số liệu chưa kiểm chứng: {string.Join("; ", unproved)}.");
        _letter.Heading("IV. KIẾN NGHỊ");
        _letter.Paragraph(Line);
        _letter.Paragraph(Line);
    }

    void WriteAppendices()
    {
        var letters = _model.Tables.Run.Letters;
        var of = $"Kèm theo Báo cáo số      {letters.ReportSymbol} của {letters.Issuer}";
        _letter.Appendix("I", "Kết quả theo địa bàn", of);
        Table(
            _model.AreasByCarrier,
            [11, 49, 24, 24, 52],
            ["STT", "Xã/phường", "Tổng cộng: thuê bao nhận tin", "Tổng cộng: thành công", "Nghĩa của tỷ lệ"]);
        _letter.Appendix("II", "Kết quả theo nhóm, giờ, nguyên nhân", of);
        _letter.Paragraph("1. Theo nhóm nhận tin");
        Table(
            _model.Segments,
            [11, 41, 20, 18, 20, 50],
            [
                "STT", "Nhóm nhận tin", "Số dòng khớp điều kiện", "Loại trừ", "Số bản tin quy đổi đã chuyển",
                "Nghĩa của tỷ lệ",
            ]);
        _letter.Paragraph("2. Theo giờ (mỗi tin tính ở lần chuyển cuối)");
        Table(_model.Hours, [34, 24, 34, 34, 34], [0, 1, 2, 3, 4]);
        _letter.Paragraph("3. Thất bại và chưa rõ");
        Table(
            _model.Failures,
            [11, 34, 34, 38, 27, 16],
            ["STT", "Nhóm nguyên nhân", "Mã kết quả", "Lý do", "Nhà mạng", "Số tin"]);
        _letter.Paragraph("4. Lý do loại trừ");
        Table(_model.Exclusions, [12, 118, 30], [0, 1, 2]);
        if (_model.Decisions.Rows.Count > 0)
        {
            _letter.Paragraph("5. Các quyết định");
            Table(_model.Decisions, [36, 44, 80], [0, 1, 3]);
        }
    }

    void Table(ReportSheet sheet, IReadOnlyList<int> widths, IEnumerable<string> columns) =>
        Table(sheet, widths, [.. columns.Select(column => sheet.Column(column)
            ?? throw new InvalidOperationException($"no column '{column}'"))]);

    void Table(ReportSheet sheet, IReadOnlyList<int> widths, IReadOnlyList<int> columns) => _letter.Table(
        widths,
        [.. columns.Select(column => sheet.Headings[column].In(Language.Vietnamese))],
        sheet.Rows.Select(row => (IReadOnlyList<string>)
            [.. columns.Select(column => column < row.Count ? row[column].In(Language.Vietnamese) : "")]),
        Small,
        sheet.IsTotal);

    string Moment(long micros) => _times.Text(micros);

    static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    static string Count(long number) => In(Figures.Count(number));

    static string In(Wording words) => words.In(Language.Vietnamese);
}
