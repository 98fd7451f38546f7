// Stands for modules of Node that nothing in this page calls.
module.exports = {};
