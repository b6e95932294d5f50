using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Binding;

/// <summary>
/// Holds a file against the keys it may have: unknown, missing and empty keys, wrong kinds of value, numbers out of range.
/// </summary>
/// <remarks>
/// What comes back holds only what has the right kind, a misspelt key under its right name, so that the readers after
/// it look at values alone and everything else in the file is still checked.
/// </remarks>
/// <param name="keys">The whole file's.</param>
sealed class ShapeCheck(FileKey keys, ProblemList problems)
{
    readonly ValueReader _values = new(problems);

    public FileNode CheckRoot(FileNode root) => CheckMap(root, keys, "", root.Where);

    FileNode CheckMap(FileNode map, FileKey shape, string path, Place owner)
    {
        var kept = new List<FileMember>();
        var free = shape.Keys.Where(key => map.FindMember(key.Name) is null).ToList();
        foreach (var entry in map.Members)
        {
            var key = shape.Keys.FirstOrDefault(key => key.Name == entry.Name);
            if (key is null)
                key = ReportUnknown(entry, free, shape, path);

            if (key is null || kept.Any(other => other.Name == key.Name))
                continue;

            kept.Add(entry with { Name = key.Name, Value = Check(entry, key, path + key.Name) });
        }

        foreach (var missing in shape.Keys.Where(key => key.Required && !map.CutShort && kept.All(entry => entry.Name != key.Name)))
            problems.Error(owner, path + missing.Name,
                $"Thiếu khóa '{missing.Name}' (bắt buộc){Inside(path)}.{Expected(missing)}",
                $"Key '{missing.Name}' is missing{Inside(path)}; it is required.{Expected(missing)}");

        return map with { Members = kept };
    }

    /// <param name="free">Keys that do not stand in the map already.</param>
    /// <returns>The key it was most likely meant to be; null where that cannot be told.</returns>
    FileKey? ReportUnknown(FileMember entry, List<FileKey> free, FileKey shape, string path)
    {
        var nearest = Spelling.Nearest(entry.Name, free.Select(key => key.Name));
        var elsewhere = nearest is null ? keys.PathsOf(entry.Name).FirstOrDefault() : null;
        var hint = elsewhere is not null
            ? new Wording($" Khóa này thuộc chỗ khác: {elsewhere}; xem lại thụt lề.", $" This key belongs elsewhere: {elsewhere}; check the indentation.")
            : nearest is not null
                ? Spelling.DidYouMean(nearest)
                : new Wording(
                    $" Các khóa dùng được ở đây: {string.Join(", ", shape.Keys.Select(key => key.Name))}.",
                    $" Keys that can stand here: {string.Join(", ", shape.Keys.Select(key => key.Name))}.");

        problems.Error(entry.Where, path + entry.Name,
            $"Không có khóa '{entry.Name}'{Inside(path)}.{hint}",
            $"There is no key '{entry.Name}'{Inside(path)}.{hint}");
        return free.FirstOrDefault(key => key.Name == nearest);
    }

    FileNode Check(FileMember entry, FileKey key, string path)
    {
        if (entry.Value is { IsRefused: true })
            return entry.Value;

        if (entry.Value is { IsNothing: true })
            return Refuse(entry.Where, path,
                $"Khóa '{key.Name}' chưa có giá trị. {(key.Required ? "Hãy điền giá trị." : "Hãy điền giá trị hoặc xóa dòng này.")}{Expected(key)}",
                $"Key '{key.Name}' has no value. {(key.Required ? "Fill it in." : "Fill it in or delete the line.")}{Expected(key)}");

        return (key.Kind, entry.Value) switch
        {
            (KeyKind.Text, { IsScalar: true } scalar) => CheckFilled(scalar, path),
            (KeyKind.Choice, { IsScalar: true } scalar) => CheckChoice(scalar, key, path),
            (KeyKind.Number, { IsScalar: true } scalar) =>
                _values.Number(scalar, path, key.Least, key.Most ?? long.MaxValue) is null ? FileNode.Refuse(scalar.Where) : scalar,
            (KeyKind.Map, { Kind: NodeKind.Map } map) => CheckMap(map, key, path + ".", entry.Where),
            (KeyKind.MapList, { Kind: NodeKind.List } list) => CheckMapList(list, entry, key, path),
            (KeyKind.TextList or KeyKind.TextOrList, { Kind: NodeKind.List } list) => CheckTextList(list, entry, key, path),
            (KeyKind.TextOrList, { IsScalar: true } scalar) => CheckFilled(scalar, path),
            (KeyKind.Filter, { Kind: NodeKind.Map } map) => map,
            _ => RefuseKind(entry.Value, key, path),
        };
    }

    FileNode CheckFilled(FileNode scalar, string path) => !string.IsNullOrWhiteSpace(scalar.Text)
        ? scalar
        : Refuse(scalar.Where, path, "Giá trị để trống. Hãy điền nội dung.", "The value is empty. Fill it in.");

    FileNode CheckChoice(FileNode scalar, FileKey key, string path)
    {
        if (key.Choices.Contains(scalar.Text))
            return scalar;

        var choices = string.Join(", ", key.Choices);
        var hint = Spelling.DidYouMean(Spelling.Nearest(scalar.Text, key.Choices));
        return Refuse(scalar.Where, path,
            $"'{FileNode.Shortened(scalar.Text)}' không dùng được ở '{key.Name}'. Chỉ nhận: {choices}.{hint}",
            $"'{FileNode.Shortened(scalar.Text)}' cannot be used for '{key.Name}'. One of: {choices}.{hint}");
    }

    FileNode CheckMapList(FileNode list, FileMember entry, FileKey key, string path)
    {
        if (list.Items.Count == 0)
            return Refuse(entry.Where, path,
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục, bắt đầu bằng dấu '-'.",
                $"The list '{key.Name}' is empty. Write at least one item, starting with '-'.");

        // Items are counted from 1, as a person does.
        return list with
        {
            Items = [.. list.Items.Select((item, index) => item switch
            {
                { Kind: NodeKind.Map } map => CheckMap(map, key, $"{path}[{index + 1}].", item.Where),
                { IsRefused: true } => item,
                _ => Refuse(item.Where, $"{path}[{index + 1}]",
                    $"Mỗi mục của '{key.Name}' phải là một nhóm khóa: {string.Join(", ", key.Keys.Select(inside => inside.Name))}.",
                    $"Each item of '{key.Name}' must be a group of keys: {string.Join(", ", key.Keys.Select(inside => inside.Name))}."),
            })],
        };
    }

    FileNode CheckTextList(FileNode list, FileMember entry, FileKey key, string path)
    {
        if (list.Items.Count == 0 && key.Required)
            return Refuse(entry.Where, path,
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục.", $"The list '{key.Name}' is empty. Write at least one item.");

        return list with
        {
            Items = [.. list.Items.Select((item, index) => item switch
            {
                { IsRefused: true } => item,
                { IsScalar: true, IsNothing: false } scalar => CheckFilled(scalar, $"{path}[{index + 1}]"),
                _ => Refuse(item.Where, $"{path}[{index + 1}]",
                    $"Mỗi mục của '{key.Name}' phải là một dòng chữ.", $"Each item of '{key.Name}' must be a piece of text."),
            })],
        };
    }

    FileNode RefuseKind(FileNode found, FileKey key, string path)
    {
        var what = found switch
        {
            { Kind: NodeKind.List } => new Wording("một danh sách", "a list"),
            { Kind: NodeKind.Map } => new Wording("một nhóm khóa", "a group of keys"),
            { IsScalar: true, Form: ScalarForm.Plain or ScalarForm.Quoted, Text: var value } =>
                new Wording($"giá trị đơn '{FileNode.Shortened(value)}'", $"the single value '{FileNode.Shortened(value)}'"),
            _ => new Wording("một đoạn chữ", "a piece of text"),
        };
        return Refuse(found.Where, path,
            $"'{key.Name}' không thể là {what}.{Expected(key)}", $"'{key.Name}' cannot be {what}.{Expected(key)}");
    }

    FileNode Refuse(Place at, string path, Vietnamese vi, English en)
    {
        problems.Error(at, path, vi, en);
        return FileNode.Refuse(at);
    }

    static Wording Expected(FileKey key)
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

}
