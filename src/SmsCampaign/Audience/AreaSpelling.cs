using SmsCampaign.Messages;
using SmsCampaign.Orthography;

namespace SmsCampaign.Audience;

/// <summary>
/// Says which communes' names would stand in the report as other letters: typed in a font from before Unicode, UTF-8
/// read as Windows-1252, letters of no language of the country, and what Excel puts where it cannot compute.
/// </summary>
/// <remarks>
/// A font or an encoding spoils a column, and is an error; so are letters of no language in more than a few
/// names, and characters that command a screen in any. One row's slip among millions holds nobody's message: it
/// is a warning with its row.
/// </remarks>
static class AreaSpelling
{
    /// <summary>Most names shown in one sentence.</summary>
    const int MostShown = 5;

    /// <summary>Most names with a wrong letter that are taken for slips.</summary>
    const int MostSlips = 3;

    static readonly string[] ExcelErrors =
        ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

    /// <param name="names">Composed, each once, with the row it first stands in.</param>
    public static void Check(IReadOnlyList<(string Name, int Line)> names, FileProblems problems)
    {
        var found = NameSpelling.Judge([.. names.Select(area => area.Name)]);
        foreach (var same in found
            .Where(finding => finding.Fault == NameFault.OldEncoding)
            .GroupBy(finding => finding.Encoding!))
            problems.Error(names[same.First().Index].Line, null, Old(same.Key, [.. same]));

        var others = found.Where(finding => finding.Fault != NameFault.OldEncoding).ToList();
        var areSlips = others.Count <= MostSlips && others.Count * 2 < names.Count;
        foreach (var finding in others)
        {
            var what = finding.Fault == NameFault.Mojibake ? Twice(finding) : Strange(finding);
            if (areSlips && finding.Fault != NameFault.Unseen)
                problems.Warn(names[finding.Index].Line, null, AsSlip(what));
            else
                problems.Error(names[finding.Index].Line, null, what);
        }

        foreach (var (name, line) in names.Where(
            area => ExcelErrors.Contains(area.Name, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Warn(line, null, new Wording(
                $"Ô xã/phường ở đây là lỗi của Excel ({name}): thuê bao vẫn nhận tin, báo cáo ghi đúng như vậy. "
                    + $"Hãy sửa công thức hoặc gõ tên xã, phường, rồi lưu lại.",
                $"The commune here is an error of Excel ({name}): its subscribers are texted, and the report says just "
                    + $"that. Mend the formula or type the commune, and save."));
        }
    }

    static Wording Old(OldEncoding encoding, IReadOnlyList<NameFinding> names)
    {
        var shown = string.Join(", ", names.Take(MostShown).Select(area => area.Repaired is { } repaired
            ? $"“{Masking.Of(area.Name)}” → “{Masking.Of(repaired)}”"
            : $"“{Masking.Of(area.Name)}”"));
        var more = names.Count > MostShown ? ", …" : "";
        return new Wording(
            $"Cột xã/phường có {names.Count} tên gõ bằng bảng mã {encoding.Name}, báo cáo sẽ in sai chữ: "
                + $"{shown}{more}. Hãy chuyển cả cột sang Unicode dựng sẵn (UniKey: Ctrl+Shift+F6) rồi lưu lại.",
            $"{names.Count} {(names.Count == 1 ? "name" : "names")} of the commune column typed in {encoding.Name} "
                + $"would be printed as other letters: {shown}{more}. Convert the column to composed Unicode (UniKey: "
                + $"Ctrl+Shift+F6) and save it.");
    }

    static Wording Twice(NameFinding name) => new(
        $"Tên xã, phường “{Masking.Of(name.Name)}” là chữ UTF-8 từng bị đọc thành Windows-1252"
            + $"{(name.Repaired is null ? "" : $", có lẽ là “{Masking.Of(name.Repaired)}”")}. "
            + $"Hãy xuất lại danh sách dạng UTF-8, hoặc gõ lại tên.",
        $"The commune '{Masking.Of(name.Name)}' is UTF-8 that was once read as Windows-1252"
            + $"{(name.Repaired is null ? "" : $", probably '{Masking.Of(name.Repaired)}'")}. "
            + $"Export the list as UTF-8, or type the name again.");

    static Wording Strange(NameFinding name) => new(
        $"Tên xã, phường “{Masking.Of(name.Name)}”: {name.Letter}",
        $"The commune '{Masking.Of(name.Name)}': {name.Letter}");

    static Wording AsSlip(Wording what) => new(
        $"{what} Chưa sửa thì báo cáo in đúng như vậy; tin vẫn gửi.",
        $"{what} Until then the report prints it so; the messages are sent.");
}
