using YamlDotNet.Core.Events;

namespace SmsCampaign.Files.Yaml;

/// <summary>
/// What is said of YAML that a campaign file does not use.
/// </summary>
static class YamlRefusals
{
    public static void Twice(string key, Place at, Place first, ProblemList problems) =>
        problems.Error(at, key,
            $"Khóa '{key}' đã có ở dòng {first.Line}. Mỗi khóa chỉ viết một lần: hãy giữ một chỗ, xóa chỗ kia.",
            $"Key '{key}' already stands in line {first.Line}. Write each key once: keep one, delete the other.");

    /// <summary>Refuses aliases, anchors and tags: they make YAML mean something other than it says.</summary>
    public static void Decoration(ParsingEvent parsed, Place at, ProblemList problems)
    {
        if (parsed is AnchorAlias alias)
            problems.Error(at, null,
                $"Không dùng tham chiếu '*{alias.Value}' trong tệp chiến dịch. Hãy viết lại giá trị tại đây; "
                    + $"nếu là chữ bắt đầu bằng dấu *, đặt trong ngoặc kép.",
                $"The alias '*{alias.Value}' is not used in a campaign file. Write the value out here; "
                    + $"if it is text that starts with *, put it in quotes.");

        if (parsed is not NodeEvent node)
            return;

        if (!node.Anchor.IsEmpty)
            problems.Error(at, null,
                $"Không dùng neo '&{node.Anchor.Value}' trong tệp chiến dịch. Hãy xóa nó; "
                    + $"nếu là chữ bắt đầu bằng dấu &, đặt trong ngoặc kép.",
                $"The anchor '&{node.Anchor.Value}' is not used in a campaign file. Delete it; "
                    + $"if it is text that starts with &, put it in quotes.");

        if (!node.Tag.IsEmpty)
            problems.Error(at, null,
                $"Không dùng nhãn kiểu '{node.Tag.Value}' trong tệp chiến dịch. Hãy xóa nó; nếu là chữ bắt đầu bằng "
                    + $"dấu !, đặt trong ngoặc kép.",
                $"The tag '{node.Tag.Value}' is not used in a campaign file. Delete it; "
                    + $"if it is text that starts with !, put it in quotes.");
    }
}
