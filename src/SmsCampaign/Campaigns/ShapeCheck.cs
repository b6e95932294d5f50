using SmsCampaign.Messages;
using YamlDotNet.Core;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Holds a campaign file against <see cref="CampaignKeys"/>: unknown, missing and empty keys, wrong kinds of value.
/// </summary>
/// <remarks>
/// What comes back holds only what has the right kind, a misspelt key under its right name, so that the readers after
/// it look at values alone and everything else in the file is still checked.
/// </remarks>
sealed class ShapeCheck(ProblemList problems)
{
    public YamlMap CheckRoot(YamlMap root) => CheckMap(root, CampaignKeys.Root, "", root.At);

    YamlMap CheckMap(YamlMap map, CampaignKey shape, string path, YamlPoint owner)
    {
        var kept = new List<YamlEntry>();
        var free = shape.Keys.Where(key => map.Find(key.Name) is null).ToList();
        foreach (var entry in map.Entries)
        {
            var key = shape.Keys.FirstOrDefault(key => key.Name == entry.Key);
            if (key is null)
                key = ReportUnknown(entry, free, shape, path);

            if (key is null || kept.Any(other => other.Key == key.Name))
                continue;

            kept.Add(entry with { Key = key.Name, Value = Check(entry, key, path + key.Name) });
        }

        foreach (var missing in shape.Keys.Where(key => key.Required && !map.CutShort && kept.All(entry => entry.Key != key.Name)))
            problems.Error(owner, path + missing.Name,
                $"Thiếu khóa '{missing.Name}' (bắt buộc){Inside(path)}.{Expected(missing)}",
                $"Key '{missing.Name}' is missing{Inside(path)}; it is required.{Expected(missing)}");

        return map with { Entries = kept };
    }

    /// <param name="free">Keys that do not stand in the map already.</param>
    /// <returns>The key it was most likely meant to be; null where that cannot be told.</returns>
    CampaignKey? ReportUnknown(YamlEntry entry, List<CampaignKey> free, CampaignKey shape, string path)
    {
        var nearest = Spelling.Nearest(entry.Key, free.Select(key => key.Name));
        var elsewhere = nearest is null ? CampaignKeys.PathsOf(entry.Key).FirstOrDefault() : null;
        var hint = elsewhere is not null
            ? new Wording($" Khóa này thuộc chỗ khác: {elsewhere}; xem lại thụt lề.", $" This key belongs elsewhere: {elsewhere}; check the indentation.")
            : nearest is not null
                ? Spelling.DidYouMean(nearest)
                : new Wording(
                    $" Các khóa dùng được ở đây: {string.Join(", ", shape.Keys.Select(key => key.Name))}.",
                    $" Keys that can stand here: {string.Join(", ", shape.Keys.Select(key => key.Name))}.");

        problems.Error(entry.At, path + entry.Key,
            $"Không có khóa '{entry.Key}'{Inside(path)}.{hint}",
            $"There is no key '{entry.Key}'{Inside(path)}.{hint}");
        return free.FirstOrDefault(key => key.Name == nearest);
    }

    YamlNode Check(YamlEntry entry, CampaignKey key, string path)
    {
        if (entry.Value is YamlRefused)
            return entry.Value;

        if (entry.Value is YamlScalar { IsNothing: true })
            return Refuse(entry.At, path,
                $"Khóa '{key.Name}' chưa có giá trị. {(key.Required ? "Hãy điền giá trị." : "Hãy điền giá trị hoặc xóa dòng này.")}{Expected(key)}",
                $"Key '{key.Name}' has no value. {(key.Required ? "Fill it in." : "Fill it in or delete the line.")}{Expected(key)}");

        return (key.Kind, entry.Value) switch
        {
            (KeyKind.Text, YamlScalar scalar) => CheckFilled(scalar, path),
            (KeyKind.Choice, YamlScalar scalar) => CheckChoice(scalar, key, path),
            (KeyKind.Number, YamlScalar scalar) => scalar,
            (KeyKind.Map, YamlMap map) => CheckMap(map, key, path + ".", entry.At),
            (KeyKind.MapList, YamlList list) => CheckMapList(list, entry, key, path),
            (KeyKind.TextList or KeyKind.TextOrList, YamlList list) => CheckTextList(list, entry, key, path),
            (KeyKind.TextOrList, YamlScalar scalar) => CheckFilled(scalar, path),
            (KeyKind.Filter, YamlMap map) => map,
            _ => RefuseKind(entry.Value, key, path),
        };
    }

    YamlNode CheckFilled(YamlScalar scalar, string path) => !string.IsNullOrWhiteSpace(scalar.Value)
        ? scalar
        : Refuse(scalar.At, path, "Giá trị để trống. Hãy điền nội dung.", "The value is empty. Fill it in.");

    YamlNode CheckChoice(YamlScalar scalar, CampaignKey key, string path)
    {
        if (key.Choices.Contains(scalar.Value))
            return scalar;

        var choices = string.Join(", ", key.Choices);
        var hint = Spelling.DidYouMean(Spelling.Nearest(scalar.Value, key.Choices));
        return Refuse(scalar.At, path,
            $"'{Shown(scalar.Value)}' không dùng được ở '{key.Name}'. Chỉ nhận: {choices}.{hint}",
            $"'{Shown(scalar.Value)}' cannot be used for '{key.Name}'. One of: {choices}.{hint}");
    }

    YamlNode CheckMapList(YamlList list, YamlEntry entry, CampaignKey key, string path)
    {
        if (list.Items.Count == 0)
            return Refuse(entry.At, path,
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục, bắt đầu bằng dấu '-'.",
                $"The list '{key.Name}' is empty. Write at least one item, starting with '-'.");

        // Items are counted from 1, as a person does.
        return new YamlList(list.At,
            [.. list.Items.Select((item, index) => item switch
            {
                YamlMap map => CheckMap(map, key, $"{path}[{index + 1}].", item.At),
                YamlRefused => item,
                _ => Refuse(item.At, $"{path}[{index + 1}]",
                    $"Mỗi mục của '{key.Name}' phải là một nhóm khóa: {string.Join(", ", key.Keys.Select(inside => inside.Name))}.",
                    $"Each item of '{key.Name}' must be a group of keys: {string.Join(", ", key.Keys.Select(inside => inside.Name))}."),
            })]);
    }

    YamlNode CheckTextList(YamlList list, YamlEntry entry, CampaignKey key, string path)
    {
        if (list.Items.Count == 0 && key.Required)
            return Refuse(entry.At, path,
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục.", $"The list '{key.Name}' is empty. Write at least one item.");

        return new YamlList(list.At,
            [.. list.Items.Select((item, index) => item switch
            {
                YamlRefused => item,
                YamlScalar { IsNothing: false } scalar => CheckFilled(scalar, $"{path}[{index + 1}]"),
                _ => Refuse(item.At, $"{path}[{index + 1}]",
                    $"Mỗi mục của '{key.Name}' phải là một dòng chữ.", $"Each item of '{key.Name}' must be a piece of text."),
            })]);
    }

    YamlRefused RefuseKind(YamlNode found, CampaignKey key, string path)
    {
        var what = found switch
        {
            YamlList => new Wording("một danh sách", "a list"),
            YamlMap => new Wording("một nhóm khóa", "a group of keys"),
            YamlScalar { Style: ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted, Value: var value } =>
                new Wording($"giá trị đơn '{Shown(value)}'", $"the single value '{Shown(value)}'"),
            _ => new Wording("một đoạn chữ", "a piece of text"),
        };
        return Refuse(found.At, path,
            $"'{key.Name}' không thể là {what}.{Expected(key)}", $"'{key.Name}' cannot be {what}.{Expected(key)}");
    }

    YamlRefused Refuse(YamlPoint at, string path, Vietnamese vi, English en)
    {
        problems.Error(at, path, vi, en);
        return new YamlRefused(at);
    }

    static Wording Expected(CampaignKey key)
    {
        var inside = string.Join(", ", key.Keys.Select(inside => inside.Name));
        return key.Kind switch
        {
            KeyKind.Text => new(" Cần một giá trị bằng chữ.", " It takes one piece of text."),
            KeyKind.Number => new(" Cần một số nguyên, chỉ gồm chữ số.", " It takes a whole number, digits only."),
            KeyKind.Choice => new($" Cần một trong: {string.Join(", ", key.Choices)}.", $" It takes one of: {string.Join(", ", key.Choices)}."),
            KeyKind.Map => new($" Cần một nhóm khóa thụt vào bên dưới: {inside}.", $" It takes keys indented below it: {inside}."),
            KeyKind.MapList => new(
                $" Cần một danh sách, mỗi mục bắt đầu bằng '-' và gồm: {inside}.", $" It takes a list, each item starting with '-' and holding: {inside}."),
            KeyKind.TextOrList => new(
                $" Cần một giá trị bằng chữ hoặc một danh sách, ví dụ {key.Name}: [một, hai].", $" It takes a piece of text or a list, such as {key.Name}: [one, two]."),
            KeyKind.TextList => new(
                $" Cần một danh sách, ví dụ {key.Name}: [một, hai].", $" It takes a list, such as {key.Name}: [one, two]."),
            _ => new(
                " Cần tên cột và giá trị, ví dụ { Xã/Phường: [Ea Bung, Buôn Đôn] }.",
                " It takes column names with values, such as { Xã/Phường: [Ea Bung, Buôn Đôn] }."),
        };
    }

    static Wording Inside(string path) => path.Length == 0
        ? new Wording("", "")
        : new Wording($" trong '{path.TrimEnd('.')}'", $" in '{path.TrimEnd('.')}'");

    // Enough to know it again; a misplaced message text is not repeated in full.
    static string Shown(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
