// A pump, for the book to show pieces of.

// region pumping
function pump(litres) {
    // Say how much water there is.
    // region inner
    const amount = `${litres} litres of water, cold and clear, and as much as anyone can carry home`;
    // endregion
    return amount;
}
// endregion pumping

console.log(pump(10));
