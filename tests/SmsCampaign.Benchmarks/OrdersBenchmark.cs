using SmsCampaign.Directives;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// orders: what <c>new --from-order</c> finds in the five real orders, and in the ten written after such: fields right
/// of fields that stand there, what is asked for although it stands there, and what is said although nobody said it.
/// Ends with 1 where anything is.
/// </summary>
static class OrdersBenchmark
{
    public static int Run(Arguments arguments)
    {
        using var folder = new TempFolder();
        return Count("real", DirectiveCase.Real, folder) + Count("written", DirectiveCase.Written, folder) == 0 ? 0 : 1;
    }

    /// <returns>Values that nobody said.</returns>
    static int Count(string what, IEnumerable<string> names, TempFolder folder)
    {
        int orders = 0, there = 0, right = 0, asked = 0, rightlyAsked = 0, guessed = 0;
        foreach (var order in names.Select(name => DirectiveCase.Of(name, folder)))
        {
            orders++;
            if (DirectiveReader.Read(order.File).Findings is not { } findings)
            {
                Console.WriteLine($"{order.Name}: refused, its letters are broken");
                continue;
            }

            foreach (var expected in order.Expected)
            {
                var found = findings.Of(expected.Field);
                there += expected.IsThere ? 1 : 0;
                right += expected.IsThere && expected.IsRight(found) ? 1 : 0;
                asked += expected.IsAsked ? 1 : 0;
                rightlyAsked += expected.IsAsked && expected.IsRight(found) ? 1 : 0;
                guessed += expected.IsGuessed(found) ? 1 : 0;
                if (!expected.IsRight(found))
                    Console.WriteLine($"{order.Name}: {expected.Field}: '{found.Value}' for '{expected.Value}'");
            }
        }

        Console.WriteLine(
            $"{orders} {what} orders: {right} of {there} fields right; {rightlyAsked} of {asked} that are not said, or "
                + $"have a slip, asked for; {guessed} guessed");
        return guessed;
    }
}
