using SmsCampaign.Directives.Words;
using SmsCampaign.Messages;

namespace SmsCampaign.Directives;

/// <summary>What a Word document says that has changes in it which nobody accepted, or words struck out: what they
/// touch is a question with both readings, and never taken.</summary>
static class UnacceptedChanges
{
    /// <summary>Places that are named.</summary>
    const int MostPlaces = 5;

    /// <summary>What of a reading is shown, characters; of a longer one from a little before they part.</summary>
    const int MostShown = 160;

    const int ShownBefore = 40;

    /// <param name="after">What was found as if they were accepted.</param>
    /// <param name="before">What was found as the text was before.</param>
    /// <param name="places">Where they stand; at least one.</param>
    public static DirectiveFindings Ask(
        DirectiveFindings after, DirectiveFindings before, IReadOnlyList<DirectivePlace> places) =>
        new([.. after.All.Select(finding => Ask(finding, before.Of(finding.Field)))])
        {
            Notes = [Note(places), .. after.Notes],
        };

    static Wording Note(IReadOnlyList<DirectivePlace> places)
    {
        var named = Wording.Join(", ", places.Take(MostPlaces).Select(place => place.Words));
        var left = places.Count - MostPlaces;
        var others = Figures.Counted(left, "place");
        var more = left > 0 ? new Wording($" và {others} chỗ nữa", $" and {others} more") : new Wording("", "");
        return new Wording(
            $"Tệp Word có chỗ sửa (chèn, xóa) chưa ai chấp nhận, hoặc chữ gạch ngang, ở {named}{more}. Chữ đã xóa hoặc "
                + $"gạch ngang không được lấy; mục nào dính chỗ sửa thì thành câu hỏi.",
            $"The Word file has changes (insertions, deletions) that nobody accepted, or words struck out, at "
                + $"{named}{more}. What is deleted or struck out is not taken; what they touch is asked.");
    }

    static DirectiveFinding Ask(DirectiveFinding after, DirectiveFinding before)
    {
        // What is shown of the passage for these two is the passage at large.
        var isAlike = after.Field is DirectiveField.Passage or DirectiveField.Item || after.Words == before.Words;
        var isSame = after.Field == DirectiveField.Passage
            ? after.Value is null == before.Value is null
            : after.Value == before.Value;
        if ((isSame && isAlike) || (after.Value is null && before.Value is null))
            return after;

        var name = DirectiveWords.Of(after.Field);
        var (vi, en) = (LowerFirst(name.Vi), LowerFirst(name.En));
        var (accepted, refused) = isSame
            ? (Quoted(after.Words, before.Words), Quoted(before.Words, after.Words))
            : (Said(after, before), Said(before, after));
        var ask = isSame ? Right(after) : new Wording("Theo bản nào?", "Which one is it?");
        return after with
        {
            Value = null,
            Words = after.Words ?? before.Words,
            Place = after.Place ?? before.Place,
            Question = new Wording(
                $"{vi}: tệp Word có chỗ sửa chưa ai chấp nhận, hoặc chữ gạch ngang. Nhận sửa thì là {accepted}; như "
                    + $"trước khi sửa thì là {refused}. {ask}",
                $"{en}: the Word file has changes that nobody accepted, or words struck out. Accepted it is "
                    + $"{accepted}; as before it is {refused}. {ask}"),
        };
    }

    static Wording Right(DirectiveFinding finding)
    {
        var said = Said(finding, finding);
        return new Wording($"Có đúng là {said} không?", $"Is it {said}?");
    }

    static Wording Said(DirectiveFinding finding, DirectiveFinding other) => finding switch
    {
        { Field: DirectiveField.Delivery, Value: { } value } => DirectiveWords.OfDelivery(value),
        { Value: { } value } => Quoted(value, other.Value),
        _ => Quoted(finding.Words, other.Words),
    };

    static Wording Quoted(string? text, string? other)
    {
        if (text is null)
            return new Wording("(không có)", "(nothing)");

        var at = text.AsSpan().CommonPrefixLength(other);
        var from = text.Length <= MostShown || at == text.Length || at <= ShownBefore ? 0
            : PassageReader.WordStart(text, at - ShownBefore);
        var shown = NumberMask.In((from > 0 ? "…" : "") + HeadReader.Shown(text[from..].Trim(), MostShown));
        return new Wording($"“{shown}”", $"“{shown}”");
    }

    static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
