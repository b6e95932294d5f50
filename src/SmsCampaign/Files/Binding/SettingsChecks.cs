using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// Holds one value to the attributes of its property, and says in both languages what it should have been.
/// </summary>
static class SettingsChecks
{
    public static IEnumerable<Problem> Check(PropertyInfo property, object? value, FileMember member)
    {
        foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
        {
            // The attribute takes an empty text for none at all.
            if (attribute.IsValid(value) && !(attribute is RegularExpressionAttribute && value is ""))
                continue;

            yield return new Problem(member.Value.Where, attribute switch
            {
                RangeAttribute range => new Wording(
                    $"Cần từ {Limit(range, range.Minimum)} đến {Limit(range, range.Maximum)}, nhưng đang là {member.Value.Shown}.",
                    $"Expected {Limit(range, range.Minimum)} to {Limit(range, range.Maximum)}, found {member.Value.Shown}."),
                MinLengthAttribute when value is ICollection => new Wording(
                    "Danh sách không được để trống.", "The list may not be empty."),
                RegularExpressionAttribute pattern => new Wording(
                    $"Cần đúng dạng {pattern.Pattern}, nhưng đang là {member.Value.Shown}.",
                    $"Expected the form {pattern.Pattern}, found {member.Value.Shown}."),
                _ => new Wording("Không được để trống.", "It may not be empty."),
            });
        }
    }

    public static Problem Missing(FileNode section, string key) => new(
        section.Where with { Key = section.Where.Key is { } outer ? $"{outer}.{key}" : key },
        new Wording(
            $"Thiếu khóa '{key}'. Hãy thêm khóa này; ý nghĩa và giới hạn có trong config/schema/smscampaign.schema.json.",
            $"The key '{key}' is missing. Add it; what it means is in config/schema/smscampaign.schema.json."));

    // A range of durations is written as text in the attribute; what is printed is what a person would write.
    static string Limit(RangeAttribute range, object limit) =>
        range.OperandType == typeof(TimeSpan) && limit is TimeSpan span ? span.ToString("c") : $"{limit}";
}
