using System.Globalization;
using System.Text;

namespace SmsCampaign.Campaigns;

/// <summary>Writes a <see cref="CampaignDraft"/> as a campaign file with comments in Vietnamese, whatever the language
/// of who asks: whoever works on it reads them.</summary>
public static class CampaignDraftFile
{
    const int Width = 100;

    /// <summary>Longest piece of an order's words in a comment.</summary>
    const int MostShown = 200;

    /// <param name="schema">Path of the schema from the file's folder, for an editor; null where there is none.</param>
    public static string Write(CampaignDraft draft, string? schema)
    {
        var file = new StringBuilder();
        if (schema is not null)
            file.Append(CultureInfo.InvariantCulture, $"# yaml-language-server: $schema={schema}\n#\n");
        file.Append(
            """
            # Tệp chiến dịch do sms-campaign new soạn. Chỗ nào ghi HỎI thì thay bằng giá trị đúng, rồi xóa dòng
            # "# HỎI:". Còn chỗ HỎI nào thì check không cho qua.


            """.ReplaceLineEndings("\n"));
        file.Append(CultureInfo.InvariantCulture, $"id: {draft.Id}\n");
        Key(file, "", "title", new DraftValue(draft.Title));
        file.Append("mode: exercise                    # exercise: diễn tập; live: gửi thật\n\n");

        file.Append("# Văn bản giao nhiệm vụ.\ndirective:\n");
        Key(file, "  ", "issuer", draft.Issuer);
        Optional(file, "number", draft.Number, "số, ký hiệu văn bản");
        Optional(file, "date", draft.Date, "ngày văn bản");
        Optional(file, "item", draft.Item, "mục giao việc");
        Optional(file, "legalBasis", draft.LegalBasis, "căn cứ pháp lý");
        Block(file, "  ", "text", draft.Text);
        Key(file, "  ", "reportTo", draft.ReportTo);
        Key(file, "  ", "reportBy", draft.ReportBy, isPlain: true);
        file.Append('\n');
        Key(file, "", "sender", draft.Sender);

        file.Append("\n# Nội dung gửi. form: accented (có dấu) hoặc unaccented (chương trình tự bỏ dấu).\n");
        file.Append("messages:\n  - name: thong-diep\n    language: vi\n    form: accented\n");
        Block(file, "    ", "text", draft.Sent);

        file.Append("\nschedule:\n");
        Key(file, "  ", "date", draft.SendDate, isPlain: true);
        file.Append(CultureInfo.InvariantCulture, $"  window: {{ from: \"{draft.From}\", to: \"{draft.To}\" }}\n");
        file.Append("  timeZone: Asia/Ho_Chi_Minh\n");
        file.Append("  missed: start-late              # lỡ giờ mở đầu: start-late gửi muộn, hold chờ, skip bỏ\n");
        file.Append("  leftovers: next-day             # hết giờ mà còn tin: next-day hôm sau, hold chờ, drop bỏ\n\n");

        Segments(file, draft);
        return file.ToString();
    }

    static void Segments(StringBuilder file, CampaignDraft draft)
    {
        file.Append("# Nhóm nhận tin: file là danh sách số của Sở; heldBy là nhà mạng giữ danh sách và tự nhắn.\n");
        file.Append("segments:\n");
        foreach (var holder in draft.HeldBy)
        {
            file.Append(CultureInfo.InvariantCulture, $"  - name: thue-bao-{holder}\n    heldBy: {holder}\n");
            List(file, "    ", "areas", draft.Area);
            Key(file, "    ", "estimate", new DraftValue(null, new Wording(
                "ước tính số thuê bao của nhà mạng này trong địa bàn. Chỉ viết chữ số.",
                "about how many subscribers the carrier has there. Digits alone.")));
            Key(file, "    ", "acknowledgeBy", draft.AcknowledgeBy, isPlain: true);
            Key(file, "    ", "reportBy", draft.HolderReportBy, isPlain: true);
            file.Append("    message: thong-diep\n");
        }

        foreach (var (list, at) in draft.Lists.Select((list, at) => (list, at)))
        {
            var name = at == 0 ? "toan-tinh" : $"danh-sach-{at + 1}";
            file.Append(CultureInfo.InvariantCulture, $"  - name: {name}\n");
            Key(file, "    ", "file", list);
            file.Append("    message: thong-diep\n");
        }

        if (draft.Suppression.Count > 0)
        {
            var files = string.Join(", ", draft.Suppression.Select(Quoted));
            file.Append(CultureInfo.InvariantCulture, $"\nsuppression: [{files}]   # số đã đề nghị không nhận tin\n");
        }

        if (draft.Lists.Count == 0)
            return;

        file.Append(CultureInfo.InvariantCulture, $"\nlanes: [{string.Join(", ", draft.Lanes)}]\n\n");
        file.Append("# Nên đặt giới hạn (bỏ dấu # và sửa số): vượt một trong hai mức thì không gửi.\n");
        file.Append("# limits:\n#   messages: 5000                # số thuê bao\n");
        file.Append("#   costVnd: 20000000             # đồng, chưa thuế\n");
    }

    /// <param name="isPlain">Whether it is a date, which needs no quotation marks.</param>
    static void Key(StringBuilder file, string indent, string key, DraftValue value, bool isPlain = false)
    {
        Above(file, indent, value);
        var written = value.Text is not { } text ? OpenQuestions.Mark : isPlain ? text : Quoted(text);
        file.Append(CultureInfo.InvariantCulture, $"{indent}{key}: {written}\n");
    }

    static void List(StringBuilder file, string indent, string key, DraftValue value)
    {
        Above(file, indent, value);
        var written = value.Text is { } text ? Quoted(text) : OpenQuestions.Mark;
        file.Append(CultureInfo.InvariantCulture, $"{indent}{key}: [{written}]\n");
    }

    /// <summary>A key of the order that a campaign goes without; what it is called stands there all the same.</summary>
    static void Optional(StringBuilder file, string key, DraftValue value, string what)
    {
        if (value.IsLeftOut)
            file.Append(CultureInfo.InvariantCulture, $"  # {key}: …    ({what}: có thì ghi)\n");
        else
            Key(file, "  ", key, value, isPlain: key == "date");
    }

    /// <summary>A long text on several lines, which YAML joins again.</summary>
    static void Block(StringBuilder file, string indent, string key, DraftValue value)
    {
        // A long word, or space that folding would lose, stays as it is between quotation marks.
        if (value.Text is not { } text || text.Contains('\n', StringComparison.Ordinal)
            || text.Contains("  ", StringComparison.Ordinal) || text.Trim() != text)
        {
            Key(file, indent, key, value);
            return;
        }

        Above(file, indent, value);
        file.Append(CultureInfo.InvariantCulture, $"{indent}{key}: >-\n");
        foreach (var line in Wrapped(text, Width - indent.Length))
            file.Append(CultureInfo.InvariantCulture, $"{indent}  {line}\n");
    }

    static void Above(StringBuilder file, string indent, DraftValue value)
    {
        if (value.Source is { } source)
            Comment(file, indent, source.In(Language.Vietnamese));
        if (value is { Text: null, Question: { } question })
            Comment(file, indent, $"{OpenQuestions.Mark}: {question.In(Language.Vietnamese)}", most: int.MaxValue);
    }

    static void Comment(StringBuilder file, string indent, string text, int most = MostShown)
    {
        var plain = UnseenText.Show(text);
        var cut = plain.Length <= most ? 0 : plain.LastIndexOf(' ', most);
        var shown = plain.Length <= most ? plain : plain[..(cut > 0 ? cut : most)] + "…”";
        foreach (var line in Wrapped(shown, Width - indent.Length))
            file.Append(CultureInfo.InvariantCulture, $"{indent}# {line}\n");
    }

    static IEnumerable<string> Wrapped(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary>Between straight quotation marks, as YAML reads them back (YAML 1.2.2, 7.3.1).</summary>
    internal static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' or '\\' => quoted.Append('\\').Append(letter),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(letter) =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }
}
