using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Orthography;

namespace SmsCampaign.Audience;

/// <summary>
/// Finds communes' names that would stand in the report as other letters: typed in a font from before Unicode, UTF-8 read as
/// Windows-1252, letters of no language of the country.
/// </summary>
static class AreaSpelling
{
    /// <summary>Most names shown in one sentence.</summary>
    const int MostShown = 5;

    /// <param name="names">Composed, each once, with the row it first stands in.</param>
    public static void Check(IReadOnlyList<(string Name, int Line)> names, FileProblems problems)
    {
        // One column has one encoding: a single name may fit two, or look like Vietnamese as it is.
        var ofColumn = OldEncodingDetector.Detect(string.Join('\n', names.Select(area => area.Name)))?.Encoding;
        var old = names
            .Select(area => (area.Name, area.Line, Encoding: ofColumn ?? OldEncodingDetector.Detect(area.Name)?.Encoding))
            .Select(area => (area.Name, area.Line, area.Encoding, Repaired: area.Encoding is { } encoding ? OldEncodingDetector.Repair(area.Name, encoding) : area.Name))
            .Where(area => area.Encoding is not null && area.Repaired != area.Name)
            .ToList();
        foreach (var same in old.GroupBy(area => area.Encoding!))
            problems.Error(same.First().Line, null, Old(same.Key, [.. same.Select(area => (area.Name, area.Repaired))]));

        foreach (var (name, line) in names.ExceptBy(old.Select(area => area.Line), area => area.Line))
        {
            if (Mojibake.Find(name).Count > 0)
                problems.Error(line, null, Twice(name, Mojibake.Repair(name)));
            else if (FindStrange(name) is { } finding)
                problems.Error(line, null, new Wording(
                    $"Tên xã, phường «{PhoneNumber.Mask(name)}»: {finding.What}", $"The commune '{PhoneNumber.Mask(name)}': {finding.What}"));
        }
    }

    static CharacterFinding? FindStrange(string name)
    {
        Rune? before = null;
        foreach (var letter in name.EnumerateRunes())
        {
            if (CharacterRules.Judge(letter, new TextNature(Latin: true, Plain: false, LanguageLetters.OfNames), before) is { Severity: Severity.Error } finding)
                return finding;

            before = letter;
        }

        return null;
    }

    static Wording Old(OldEncoding encoding, IReadOnlyList<(string Name, string Repaired)> names)
    {
        var shown = encoding.IsRepairable
            ? string.Join(", ", names.Take(MostShown).Select(area => $"«{PhoneNumber.Mask(area.Name)}» → «{PhoneNumber.Mask(area.Repaired)}»"))
            : string.Join(", ", names.Take(MostShown).Select(area => $"«{PhoneNumber.Mask(area.Name)}»"));
        var more = names.Count > MostShown ? ", …" : "";
        return new Wording(
            $"Cột xã/phường có {names.Count} tên gõ bằng bảng mã {encoding.Name}, báo cáo sẽ in sai chữ: {shown}{more}. Hãy chuyển cả cột sang Unicode dựng sẵn (UniKey: Ctrl+Shift+F6) rồi lưu lại.",
            $"{names.Count} {(names.Count == 1 ? "name" : "names")} of the commune column typed in {encoding.Name} would be printed as other letters: {shown}{more}. Convert the column to composed Unicode (UniKey: Ctrl+Shift+F6) and save it.");
    }

    static Wording Twice(string name, string? repaired) => new(
        $"Tên xã, phường «{PhoneNumber.Mask(name)}» là chữ UTF-8 từng bị đọc thành Windows-1252{(repaired is null ? "" : $", có lẽ là «{PhoneNumber.Mask(repaired)}»")}. Hãy xuất lại danh sách dạng UTF-8, hoặc gõ lại tên.",
        $"The commune '{PhoneNumber.Mask(name)}' is UTF-8 that was once read as Windows-1252{(repaired is null ? "" : $", probably '{PhoneNumber.Mask(repaired)}'")}. Export the list as UTF-8, or type the name again.");
}
