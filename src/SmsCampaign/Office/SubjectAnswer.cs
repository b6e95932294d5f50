using System.Globalization;
using System.Net;
using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>What is kept of one number, as files for its subscriber.</summary>
sealed class SubjectAnswer(SubjectData kept, DateOnly today)
{
    const Language Vi = Language.Vietnamese;

    /// <summary>Whether it is the hash of the number that is kept: then nobody but the key's holder finds it.</summary>
    static string Form(SubjectRow row) => row.IsErased ? "mã băm" : "số đầy đủ";

    static string Outcome(SubjectRow row) => row.Status is { } status
        ? MessageStatusWords.Of(status).In(Vi)
        : "không gửi: " + ExclusionReasonWords.Of((ExclusionReason)row.Exclusion!.Value).In(Vi);

    static string At(SubjectRow row) =>
        row.At is { } micros ? VietnamTime.Moment(ProcessClock.FromMicros(micros)).In(Vi) : "";

    IEnumerable<string[]> Rows => kept.Runs.SelectMany(run => run.Rows.Select(row => new[]
    {
        run.Run.Campaign,
        run.Run.DateWords.In(Vi) + (run.Run.Simulated ? " (mô phỏng)" : ""),
        Form(row),
        row.Segment,
        row.Area,
        Outcome(row),
        At(row),
        row.Source,
        row.Line.ToString(CultureInfo.InvariantCulture),
    }));

    static readonly string[] Headings =
        ["Chiến dịch", "Ngày", "Lưu dưới dạng", "Nhóm nhận tin", "Xã/phường", "Kết quả", "Lúc", "Tệp nguồn", "Dòng"];

    /// <summary>All into a folder that is not there, for this account alone.</summary>
    public void WriteTo(string folder)
    {
        PrivateFiles.MakeFolder(folder);
        using (var csv = new CsvBytes(Path.Combine(folder, "du-lieu.csv")))
        {
            foreach (var row in Rows.Prepend(Headings))
                csv.Row(row);
        }

        Write("du-lieu.json", ToJson());
        Write("tra-loi.html", ToHtml());

        void Write(string name, string text)
        {
            using var file = PrivateFiles.Create(Path.Combine(folder, name));
            file.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    string ToJson() => JsonLine.Of(new
    {
        Number = kept.Number.Digits,
        Date = today,
        Runs = kept.Runs.Select(run => new
        {
            run.Run.Key,
            run.Run.State,
            Rows = run.Rows.Select(row => new
            {
                row.Source,
                row.Line,
                row.Segment,
                row.Area,
                row.Status,
                row.Exclusion,
                At = row.At is { } micros ? ProcessClock.FromMicros(micros) : (DateTimeOffset?)null,
                row.IsErased,
            }),
        }),
        Lists = kept.Lists.Select(list => new { list.Run, list.Holder, Said = list.Said.Vi, IsErased = !list.IsFull }),
        kept.Receipts,
        Learned = kept.Learned is { } learned ? new { learned.Carrier, learned.At } : null,
        NeverTextedAgain = kept.IsErased,
        Unread = kept.Unread.Select(each => each.Vi),
    }) + "\n";

    string ToHtml()
    {
        var (date, number) = (Figures.Date(today).In(Vi), kept.Number.Digits);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="vi"><head><meta charset="utf-8"><title>Trả lời yêu cầu cung cấp dữ liệu cá nhân</title>
            <style>body{font-family:"Times New Roman",serif;font-size:14pt;margin:2cm} table{border-collapse:collapse}
            td,th{border:1px solid;padding:4px 8px;text-align:left}</style></head><body>
            <h1>TRẢ LỜI YÊU CẦU CUNG CẤP DỮ LIỆU CÁ NHÂN</h1>
            <p>Kính gửi ông/bà chủ thuê bao số {{number}},</p>
            <p>Thực hiện Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP, đến ngày {{date}}
            cơ quan đang lưu các dữ liệu sau về số thuê bao nêu trên, chỉ để nhắn tin tuyên truyền và báo cáo kết quả:</p>

            """);
        if (kept.Runs.Count == 0)
        {
            body.Append("<p>Không có dữ liệu nào trong các lượt nhắn tin.</p>\n");
        }
        else
        {
            body.Append("<table><tr>").AppendJoin("", Headings.Select(Head)).Append("</tr>\n");
            foreach (var row in Rows)
                body.Append("<tr>").AppendJoin("", row.Select(Data)).Append("</tr>\n");
            body.Append("</table>\n");
        }

        body.Append(
            CultureInfo.InvariantCulture,
            $"<p>Biên nhận của nhà mạng có ghi số này: {Figures.Count(kept.Receipts).In(Vi)}.</p>\n");
        foreach (var list in kept.Lists)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p>Danh sách do nhà mạng {Escape(list.Holder)} báo (lượt {Escape(list.Run)}), lưu dưới dạng "
                    + $"{(list.IsFull ? "số đầy đủ" : "mã băm")}: {list.Said.In(Vi)}.</p>\n");
        }

        if (kept.Learned is { } learned)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p>Mạng đang phục vụ số này, theo cổng nhắn tin: {Escape(learned.Carrier)}.</p>\n");
        }

        if (kept.IsErased)
            body.Append("<p>Số này đã được yêu cầu xóa: không bao giờ được nhắn tin nữa.</p>\n");
        if (kept.Unread.Count > 0)
        {
            body.Append("<p><b>CHƯA ĐẦY ĐỦ</b>, có phần chưa đọc được; bổ sung trước khi gửi:</p><ul>");
            foreach (var each in kept.Unread)
                body.Append(CultureInfo.InvariantCulture, $"<li>{Escape(each.Vi)}</li>");
            body.Append("</ul>\n");
        }

        body.Append("""
            <p>Ông/bà có quyền yêu cầu chỉnh sửa, xóa dữ liệu hoặc không nhận tin nữa; cơ quan trả lời trong 02 ngày
            làm việc và thực hiện theo thời hạn của pháp luật.</p>
            </body></html>

            """);
        return body.ToString();

        static string Escape(string text) => WebUtility.HtmlEncode(UnseenText.Show(text));

        static string Head(string text) => $"<th>{Escape(text)}</th>";

        static string Data(string text) => $"<td>{Escape(text)}</td>";
    }
}
