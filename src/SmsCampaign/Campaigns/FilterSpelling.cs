using SmsCampaign.Files;
using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Says which values of a filter are written in other letters than they show: no list that is right has them.
/// </summary>
static class FilterSpelling
{
    /// <param name="at">The column's name and its values, as they stand in the file.</param>
    /// <param name="key">Of the filter's column.</param>
    public static void Check(IReadOnlyList<(string Text, Place Where)> at, string key, ProblemList problems)
    {
        foreach (var finding in NameSpelling.Judge([.. at.Select(value => value.Text)]))
        {
            var name = PhoneNumber.Mask(finding.Name);
            var meant = finding.Repaired is { } repaired
                ? new Wording(
                    $", có lẽ là “{PhoneNumber.Mask(repaired)}”", $", probably '{PhoneNumber.Mask(repaired)}'")
                : default;
            var what = finding.Fault switch
            {
                NameFault.OldEncoding => new Wording(
                    $"“{name}” gõ bằng bảng mã {finding.Encoding!.Name}{meant}. Hãy gõ lại bằng bộ gõ Unicode, "
                        + $"đúng như trong danh sách.",
                    $"'{name}' is typed in {finding.Encoding!.Name}{meant}. Type it again on a Unicode keyboard, "
                        + $"as it stands in the list."),
                NameFault.Mojibake => new Wording(
                    $"“{name}” là chữ UTF-8 từng bị đọc thành Windows-1252{meant}. "
                        + $"Hãy gõ lại, đúng như trong danh sách.",
                    $"'{name}' is UTF-8 that was once read as Windows-1252{meant}. "
                        + $"Type it again, as it stands in the list."),
                _ => new Wording($"“{name}”: {finding.Letter}", $"'{name}': {finding.Letter}"),
            };
            problems.Add(
                at[finding.Index].Where,
                key,
                what,
                finding.Fault is NameFault.Letter ? Severity.Warning : Severity.Error);
        }
    }
}
