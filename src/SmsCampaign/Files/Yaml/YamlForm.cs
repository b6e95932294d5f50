using SmsCampaign.Files.Binding;
using SmsCampaign.Orthography;

namespace SmsCampaign.Files.Yaml;

/// <summary>The officer's file: every single value is text that its key gives a meaning, and
/// nothing is kept elsewhere.</summary>
sealed class YamlForm(ProblemList problems) : FileForm
{
    readonly ValueReader _values = new(problems);

    public override StringComparison Choices => StringComparison.Ordinal;

    public override int Errors => problems.Errors;

    public override void Report(Place at, string path, Wording what) => problems.Add(at, path, what, Severity.Error);

    public override FileNode? Read(FileNode scalar, FileKey key, string path) =>
        key.Kind != KeyKind.Number || _values.IsNumber(scalar, path) ? scalar : null;

    public override FileNode ReadFreely(FileNode any) => any;

    public override Wording Unknown(string name, FileKey shape, string? meant, string? elsewhere, string path)
    {
        var known = Listed(shape);
        var hint = elsewhere is not null
            ? new Wording(
                $" Khóa này thuộc chỗ khác: {elsewhere}; xem lại thụt lề.",
                $" This key belongs elsewhere: {elsewhere}; check the indentation.")
            : meant is not null
                ? Spelling.DidYouMean(meant)
                : new Wording($" Các khóa dùng được ở đây: {known}.", $" Keys that can stand here: {known}.");
        return new Wording(
            $"Không có khóa '{name}'{Inside(path)}.{hint}", $"There is no key '{name}'{Inside(path)}.{hint}");
    }

    public override void ReportMissing(FileNode map, Place owner, FileKey key, string path) =>
        Report(owner, path + key.Name, new Wording(
            $"Thiếu khóa '{key.Name}' (bắt buộc){Inside(path)}.{Expected(key)}",
            $"Key '{key.Name}' is missing{Inside(path)}; it is required.{Expected(key)}"));

    public override void ReportNothing(FileMember entry, FileKey key, string path) =>
        Report(entry.Where, path, new Wording(
            $"Khóa '{key.Name}' chưa có giá trị. "
                + $"{(key.Required ? "Hãy điền giá trị." : "Hãy điền giá trị hoặc xóa dòng này.")}{Expected(key)}",
            $"Key '{key.Name}' has no value. "
                + $"{(key.Required ? "Fill it in." : "Fill it in or delete the line.")}{Expected(key)}"));

    public override void ReportEmptyList(FileMember entry, FileKey key, string path) =>
        Report(entry.Where, path, key.Kind == KeyKind.MapList
            ? new Wording(
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục, bắt đầu bằng dấu '-'.",
                $"The list '{key.Name}' is empty. Write at least one item, starting with '-'.")
            : new Wording(
                $"Danh sách '{key.Name}' trống. Hãy ghi ít nhất một mục.",
                $"The list '{key.Name}' is empty. Write at least one item."));

    public override Wording OfAnotherKind(FileNode found, FileKey key)
    {
        var what = found switch
        {
            { Kind: NodeKind.List } => new Wording("một danh sách", "a list"),
            { Kind: NodeKind.Map } => new Wording("một nhóm khóa", "a group of keys"),
            { IsScalar: true, Form: ScalarForm.Plain or ScalarForm.Quoted, Text: var value } =>
                new Wording(
                    $"giá trị đơn '{FileNode.Shortened(value)}'", $"the single value '{FileNode.Shortened(value)}'"),
            _ => new Wording("một đoạn chữ", "a piece of text"),
        };
        return new Wording(
            $"'{key.Name}' không thể là {what}.{Expected(key)}", $"'{key.Name}' cannot be {what}.{Expected(key)}");
    }

    public override Wording ItemOfAnotherKind(FileNode found, FileKey list) => list.Kind == KeyKind.MapList
        ? new Wording(
            $"Mỗi mục của '{list.Name}' phải là một nhóm khóa: {Listed(list)}.",
            $"Each item of '{list.Name}' must be a group of keys: {Listed(list)}.")
        : new Wording(
            $"Mỗi mục của '{list.Name}' phải là một dòng chữ.", $"Each item of '{list.Name}' must be a piece of text.");

    public override Wording Empty => new("Giá trị để trống. Hãy điền nội dung.", "The value is empty. Fill it in.");

    public override Wording NoChoice(FileNode found, FileKey key)
    {
        var choices = string.Join(", ", key.Choices);
        var hint = Spelling.DidYouMean(Spelling.Nearest(found.Text, key.Choices));
        return new Wording(
            $"'{FileNode.Shortened(found.Text)}' không dùng được ở '{key.Name}'. Chỉ nhận: {choices}.{hint}",
            $"'{FileNode.Shortened(found.Text)}' cannot be used for '{key.Name}'. One of: {choices}.{hint}");
    }

    public override Wording OutOfRange(FileNode found, string least, string most)
    {
        var written = FileNode.Shortened(found.Text.Trim());
        return new Wording(
            $"Số {written} nằm ngoài khoảng cho phép: từ {least} đến {most}.",
            $"The number {written} is out of range: {least} to {most}.");
    }

    public override Wording? OfAnotherPattern(FileNode found, FileKey key) => null;

    static Wording Expected(FileKey key) => key.Kind switch
    {
        KeyKind.Text => new(" Cần một giá trị bằng chữ.", " It takes one piece of text."),
        KeyKind.Number => new(" Cần một số nguyên, chỉ gồm chữ số.", " It takes a whole number, digits only."),
        KeyKind.Choice => new(
            $" Cần một trong: {string.Join(", ", key.Choices)}.",
            $" It takes one of: {string.Join(", ", key.Choices)}."),
        KeyKind.Map => new(
            $" Cần một nhóm khóa thụt vào bên dưới: {Listed(key)}.",
            $" It takes keys indented below it: {Listed(key)}."),
        KeyKind.MapList => new(
            $" Cần một danh sách, mỗi mục bắt đầu bằng '-' và gồm: {Listed(key)}.",
            $" It takes a list, each item starting with '-' and holding: {Listed(key)}."),
        KeyKind.TextOrList => new(
            $" Cần một giá trị bằng chữ hoặc một danh sách, ví dụ {key.Name}: [một, hai].",
            $" It takes a piece of text or a list, such as {key.Name}: [one, two]."),
        KeyKind.TextList => new(
            $" Cần một danh sách, ví dụ {key.Name}: [một, hai].", $" It takes a list, such as {key.Name}: [one, two]."),
        _ => new(
            " Cần tên cột và giá trị, ví dụ { Xã/Phường: [Ea Bung, Buôn Đôn] }.",
            " It takes column names with values, such as { Xã/Phường: [Ea Bung, Buôn Đôn] }."),
    };

    static string Listed(FileKey key) => string.Join(", ", key.Keys.Select(inside => inside.Name));

    static Wording Inside(string path) => path.Length == 0
        ? new Wording("", "")
        : new Wording($" trong '{path.TrimEnd('.')}'", $" in '{path.TrimEnd('.')}'");
}
