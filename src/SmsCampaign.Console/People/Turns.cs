using Microsoft.EntityFrameworkCore.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>What is looked at and changed by one at a time: in this process, and where several nodes serve the pages,
/// among them.</summary>
static class Turns
{
    static readonly SemaphoreSlim One = new(1);

    static readonly SemaphoreSlim[] ByName = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Two who look at the same moment must not each take the other for the one that stays.</summary>
    public static Task<T> OfAdministratorsAsync<T>(PeopleDb db, Func<Task<T>> work) =>
        TakeAsync(db, One, "administrators", work);

    /// <summary>Guesses under one name are looked at in turn: at once, each would find as few wrong ones before it.
    /// Some names share one.</summary>
    public static Task<T> OfNameAsync<T>(PeopleDb db, string name, Func<Task<T>> work) => TakeAsync(
        db,
        ByName[(uint)name.GetHashCode(StringComparison.OrdinalIgnoreCase) % ByName.Length],
        $"name {name.ToUpperInvariant()}",
        work);

    /// <param name="what">By what the other nodes know it.</param>
    static async Task<T> TakeAsync<T>(PeopleDb db, SemaphoreSlim turns, string what, Func<Task<T>> work)
    {
        await turns.WaitAsync();
        try
        {
            if (db.Package is not { } package)
                return await work();

            await using var turn = await db.Database.BeginTransactionAsync();
            await package.TakeTurnAsync(turn.GetDbTransaction(), what);
            var done = await work();
            await turn.CommitAsync();
            return done;
        }
        finally
        {
            turns.Release();
        }
    }
}
